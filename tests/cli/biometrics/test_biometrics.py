from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from uuid import uuid4

import pytest
from django.utils import translation
from tests.border import desk
from tests.border.selectors.test_comparison_rates import crossed
from tests.cli.running import run
from tests.travellers.test_biometrics import FACE, kept, person

from gatehouse.travellers.api import biometrics_of

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]
PERIOD = ("--from", "2023-05-01", "--to", "2023-05-01")


@pytest.fixture(autouse=True)
def _store(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The store of the tests, and the language of the command line."""
    for command in ("erase", "expire", "rates"):
        monkeypatch.setattr(f"gatehouse.cli.biometrics.{command}.open_store", nullcontext)
    with translation.override("en"):
        yield


def test_rates_for_a_machine_and_for_a_person(capsys: Captured) -> None:
    at = desk.clock()
    crossed(at, 1)
    crossed(at, 2, alike=False)
    crossed(at, 3, judged=False, passes=False)
    code, out, err = run(capsys, "biometrics", "rates", *PERIOD, "--json")
    found = json.loads(out)
    assert (code, err, found["period"]) == (0, "", ["2023-05-01", "2023-05-01"])
    [rates] = found["rates"]
    assert (rates["engine"], rates["comparisons"], rates["truth"]) == ("spy 1", 3, {"by_eye": 1, "by_passing": 2})
    assert {name: rates["fnmr"][name] for name in ("errors", "trials", "value")} == {
        "errors": 1,
        "trials": 2,
        "value": 0.5,
    }
    assert (rates["fmr"]["errors"], rates["fmr"]["trials"]) == (1, 1)
    code, out, _ = run(capsys, "biometrics", "rates", *PERIOD)
    assert out.splitlines() == [
        "2023-05  spy 1, face with capture",
        "  threshold 0.500, set for 1 in 1,000",
        "  3 compared, 0 without a score",
        "  truth by eye 1, by passing 2, none 0",
        "  FMR  1 of 1: 100.0000%, between 20.6549% and 100.0000%",
        "  FNMR 1 of 2: 50.0000%, between 9.4531% and 90.5469%",
    ]


def test_nothing_compared_is_a_negative_finding(capsys: Captured) -> None:
    code, out, err = run(capsys, "biometrics", "rates", *PERIOD)
    assert (code, out, err) == (1, "Nothing was compared in this period.\n", "")
    code, _, err = run(capsys, "biometrics", "rates", "--from", "2023-05-02", "--to", "2023-05-01")
    assert (code, err) == (1, "gatehouse: a period cannot end before it begins\n")
    assert run(capsys, "biometrics", "rates", "--from", "yesterday", "--to", "2023-05-01")[0] == 2


def test_a_person_is_erased_with_the_reason(capsys: Captured) -> None:
    traveller = person()
    inspection = kept(traveller, FACE)
    erase = ("biometrics", "erase", str(traveller), "--reason", "asked for", "--json")
    code, out, _ = run(capsys, *erase)
    assert (code, json.loads(out)) == (0, {"traveller": str(traveller), "erased": True})
    assert biometrics_of(traveller, inspection=inspection) == {}
    code, _, err = run(capsys, *erase)
    assert (code, err) == (1, f"gatehouse: no biometrics of {traveller} are kept\n")
    assert run(capsys, "biometrics", "erase", "nobody", "--reason", "asked for")[0] == 2
    assert run(capsys, "biometrics", "erase", str(uuid4()), "--reason", " ")[0] == 1


def test_without_a_term_nothing_expires(capsys: Captured) -> None:
    code, _, err = run(capsys, "biometrics", "expire")
    assert (code, err) == (1, "gatehouse: 入出國及移民法 §91 IV: no term of retention is known here\n")
