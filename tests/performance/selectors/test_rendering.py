from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import get_language, override
from tests.performance.rendering.sample import report
from tests.performance.rendering.test_html import Reader

from gatehouse.performance.rendering import Format
from gatehouse.performance.selectors import rendering, reports
from gatehouse.platform.profile import Profile

UTOPIA = Profile(Path(__file__).parents[2] / "profiles" / "utopia")


def test_the_agency_writes_in_its_language_calendar_and_zone() -> None:
    found = rendering.manner()
    assert (found.code, found.tag, found.roc, found.zone) == (
        "zh-hant",
        "zh-Hant-TW",
        True,
        ZoneInfo("Asia/Taipei"),
    )
    assert found.fonts[0] == "標楷體"


def test_a_file_is_in_the_agencys_language_whoever_asks_for_it() -> None:
    with override("en"):
        asked_in_english = rendering.report_file(report(), Format.HTML)
        assert get_language() == "en"
    with override("zh-hant"):
        assert rendering.report_file(report(), Format.HTML) == asked_in_english
    page = Reader(asked_in_english)
    assert "由紀錄計算" in page.by_id("figure.building.spent")


@pytest.fixture
def utopia(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (rendering, reports):
        monkeypatch.setattr(module, "profile", lambda: UTOPIA)


def test_another_agency_has_its_own_form(utopia: None) -> None:
    page = Reader(rendering.report_file(report(), Format.HTML))
    assert page.attributes("html", "lang") == ["en-GB"]
    assert "Edition 2, as of 2024-02-01 05:00" in page.said("p")
    assert "computed from records" in page.by_id("figure.building.spent")
    assert '--fonts: "Liberation Serif";' in page.said("style")[0]
    assert rendering.report_file(report(), Format.PDF)[:5] == b"%PDF-"
