"""Whose biometrics are taken: by the tables of both profiles."""

from __future__ import annotations

from datetime import date

import pytest
from tests.border.desk import UTOPIA

from gatehouse.law.capture import TABLE, CaptureTable, Modality, capture_rule
from gatehouse.law.terms import Term
from gatehouse.platform.profile import SHIPPED, Profile

TW = Profile(SHIPPED / "tw").read(TABLE, CaptureTable)
UTO = UTOPIA.read(TABLE, CaptureTable)
ON = date(2024, 5, 1)


@pytest.mark.parametrize(
    ("nationality", "permit", "on", "people"),
    [
        ("JPN", None, date(2015, 8, 1), "foreigners"),
        ("JPN", None, date(2015, 7, 31), None),
        ("XXA", None, ON, "foreigners"),  # §93: of no nationality
        ("CHN", "entry_permit", ON, "people of the mainland area and residents of Hong Kong and Macao"),
        ("HKG", None, ON, "people of the mainland area and residents of Hong Kong and Macao"),
        ("MAC", None, date(2017, 10, 22), None),
        ("TWN", None, ON, None),
        ("TWN", "visitor_visa", ON, None),
        ("TWN", "residence_permit", ON, "nationals without household registration in the Taiwan area"),
    ],
)
def test_whom_the_article_concerns(nationality: str, permit: str | None, on: date, people: str | None) -> None:
    rule = capture_rule(TW.rules, nationality, permit, on)
    assert (rule.people["en"] if rule else None) == people
    if rule:
        assert (rule.article, rule.refusal) == ("入出國及移民法 §91 I", "入出國及移民法 §91 III")
        assert rule.recognition == "入出國查驗及資料蒐集利用辦法 §21 I"
        assert rule.modalities == (Modality.FACE, Modality.FINGERPRINTS)


@pytest.mark.parametrize(
    ("age", "article"), [(13, "入出國及移民法 §91 II (1)"), (14, None), (None, None), (0, "入出國及移民法 §91 II (1)")]
)
def test_who_is_exempt_by_age(age: int | None, article: str | None) -> None:
    rule = capture_rule(TW.rules, "JPN", None, ON)
    assert rule is not None
    found = rule.exempt_by_age(age)
    assert (found.article if found else None) == article


def test_the_exemption_of_article_27_is_cited_for_foreigners_alone() -> None:
    foreigner, hong_kong = (capture_rule(TW.rules, state, None, ON) for state in ("JPN", "HKG"))
    assert foreigner is not None
    assert hong_kong is not None
    named = foreigner.exemption("no_residence_certificate")
    assert named is not None
    assert named.article == "入出國及移民法 §91 II (2), §27 I"
    assert hong_kong.exemption("no_residence_certificate") is None
    assert hong_kong.exemption("special_approval") is not None


def test_the_made_up_profile_has_rules_of_its_own() -> None:
    rule = capture_rule(UTO.rules, "TWN", None, ON)
    assert rule is not None
    assert (rule.article, rule.recognition, rule.modalities) == ("Border Act 8", "", (Modality.FACE,))
    assert rule.exempt_by_age(6) is None
    assert rule.exempt_by_age(5) is not None
    assert capture_rule(UTO.rules, "UTO", "residence_permit", ON) is None


def test_how_long_it_is_kept() -> None:
    assert TW.retention.term is None
    assert UTO.retention.term == Term(years=5)
