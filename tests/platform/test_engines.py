"""The engines that the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gatehouse.biometrics.reference import ReferenceEngine
from gatehouse.platform import engines as module
from gatehouse.platform.checks import engines_are_there
from gatehouse.platform.config import Config, Mode


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    module.engines.cache_clear()
    yield
    module.engines.cache_clear()


def with_settings(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    settings = Config(**{"mode": Mode.TEST, **changes})
    monkeypatch.setattr(module, "config", lambda: settings)
    monkeypatch.setattr("gatehouse.platform.checks.config", lambda: settings)


def test_where_nothing_is_named_nothing_compares(monkeypatch: pytest.MonkeyPatch) -> None:
    with_settings(monkeypatch)
    found = module.engines()
    assert (found.face, found.fingerprints, found.fault) == (None, None, None)
    assert (found.policy.false_match_rate, found.policy.accept_demonstration) == (0.001, False)
    assert engines_are_there(None) == []


def test_a_demo_has_the_engine_that_is_built_in_and_believes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with_settings(monkeypatch, mode=Mode.DEMO)
    found = module.engines()
    assert isinstance(found.face, ReferenceEngine)
    assert (found.policy.false_match_rate, found.policy.accept_demonstration) == (0.05, True)
    module.engines.cache_clear()
    with_settings(monkeypatch, mode=Mode.DEMO, face_false_match_rate=0.01)
    assert module.engines().policy.false_match_rate == 0.01


def test_models_that_cannot_be_loaded_are_a_warning_and_no_engine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_settings(monkeypatch, face_engine=tmp_path)
    found = module.engines()
    assert found.face is None
    assert "engine.yaml" in str(found.fault)
    [warning] = engines_are_there(None)
    assert (warning.id, "engine.yaml" in warning.msg) == ("gatehouse.W001", True)


def test_an_engine_of_fingerprints_is_an_installed_package(monkeypatch: pytest.MonkeyPatch) -> None:
    with_settings(monkeypatch, fingerprint_engine="tests.border.faces:SameFinger")
    found = module.engines().fingerprints
    assert found is not None
    assert found.info.id == "ridges 1"
    module.engines.cache_clear()
    with_settings(monkeypatch, fingerprint_engine="no.such.package:Engine")
    found_none = module.engines()
    assert found_none.fingerprints is None
    assert "no.such.package:Engine cannot be used" in str(found_none.fault)
