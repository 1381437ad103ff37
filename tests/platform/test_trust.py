from __future__ import annotations

from pathlib import Path

import pytest
from tests.web.waiting import issuer

from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform import trust
from gatehouse.platform.config import Config


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(trust, "config", lambda: Config(state=tmp_path))
    return tmp_path / "trust"


def test_nobody_is_trusted_where_there_is_no_folder(folder: Path) -> None:
    assert trust.trusted().anchors.certificates == ()
    assert trust.trusted().crls == ()


def test_the_folder_is_read_again_when_a_file_comes(folder: Path) -> None:
    assert trust.trusted().crls == ()
    folder.mkdir()
    (folder / "utopia.ml").write_bytes(issuer("UTO").master_list([issuer("UTO")]))
    (folder / "utopia.crl").write_bytes(issuer("UTO").crl())
    found = trust.trusted()
    assert len(found.anchors.certificates) > 0
    assert len(found.crls) == 1


def test_a_list_that_is_none_is_an_error(folder: Path) -> None:
    folder.mkdir()
    (folder / "broken.crl").write_bytes(b"no list")
    with pytest.raises(UnreadableError):
        trust.trusted()
