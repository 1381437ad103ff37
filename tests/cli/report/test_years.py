from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from gatehouse.performance.models import NarrativePart, Plan
from gatehouse.platform import config as settings
from gatehouse.platform.config import Mode
from tests.cli.running import run

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]
LOADED = "gatehouse: the year 112 as the profile ships it was loaded for the demo\n"
STEP = "nothing of the year 112 is on record: gatehouse report load loads what the profile ships\n"


@pytest.fixture(autouse=True)
def _the_store_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in ("report.build", "report.publish", "indicator.show"):
        monkeypatch.setattr(f"gatehouse.cli.{command}.open_store", nullcontext)


@pytest.fixture
def _demo(monkeypatch: pytest.MonkeyPatch) -> None:
    demo = settings.config().model_copy(update={"mode": Mode.DEMO})
    monkeypatch.setattr("gatehouse.cli.report.years.config", lambda: demo)


@pytest.mark.usefixtures("_demo")
def test_the_demo_loads_the_year_of_the_profile_once(tmp_path: Path, capsys: Captured) -> None:
    build = ("report", "build", "--year", "112", "--format", "html", "--out", str(tmp_path))
    said = f"{tmp_path / 'report-112.html'}\n"
    assert run(capsys, *build) == (0, said, LOADED)
    assert (Plan.objects.count(), NarrativePart.objects.count()) == (2, 5)
    assert run(capsys, *build) == (0, said, "")


@pytest.mark.usefixtures("_demo")
def test_an_indicator_too(capsys: Captured) -> None:
    code, out, err = run(capsys, "indicator", "show", "egate-availability", "--year", "112")
    assert (code, err) == (0, LOADED)
    assert out.startswith("egate-availability, 112: 99.89%\n")
    code, _, err = run(capsys, "indicator", "show", "milestone-completion", "--year", "112")
    near = "next-generation-inspection.milestone-completion, southern-building.milestone-completion"
    assert (code, err) == (1, f"gatehouse: milestone-completion is measured for each plan: {near}\n")


@pytest.mark.usefixtures("_demo")
def test_a_year_that_is_not_shipped_is_asked_for(tmp_path: Path, capsys: Captured) -> None:
    code, out, err = run(capsys, "report", "build", "--year", "111", "--out", str(tmp_path / "out"))
    step = "nothing of the year 111 is on record: load its records with gatehouse report load FOLDER"
    assert (code, out, err) == (1, "", f"gatehouse: {step}\n")
    assert not (tmp_path / "out").exists()


def test_elsewhere_nothing_is_loaded_unasked(tmp_path: Path, capsys: Captured) -> None:
    code, out, err = run(capsys, "report", "build", "--year", "112", "--out", str(tmp_path / "out"))
    assert (code, out, err) == (1, "", f"gatehouse: {STEP}")
    assert not Plan.objects.exists()
