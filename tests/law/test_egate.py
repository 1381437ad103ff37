"""Automated clearance by date: each rule on the day before it takes effect and on the day itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.law.egate import TABLE, Direction, EgateTable, Person, Status, eligibility
from gatehouse.platform.profile import SHIPPED, Profile

RULES = Profile(SHIPPED / "tw").read(TABLE, EgateTable)


def person(**said: Any) -> Person:
    document = {"type": "passport", "chip": True, "months_valid": 60} | said.pop("document", {})
    fields: dict[str, Any] = {
        "nationality": "TWN",
        "status": "national",
        "birth_date": "1980-05-05",
        "height_cm": 170,
        "direction": "exit",
        "document": document,
        "enrolled": True,
        "exit_ban": False,
    }
    return Person.model_validate(fields | said)


def found(on: str, **said: Any) -> list[str]:
    """The codes of what stands in the way."""
    return [each.code for each in eligibility(RULES, person(**said), date.fromisoformat(on)).obstacles]


VISITOR: dict[str, Any] = {"status": "visitor", "enrolled": True, "direction": "entry"}
UNCHIPPED: dict[str, Any] = {"document": {"chip": False}}


@pytest.mark.parametrize(
    ("said", "before", "code", "since"),
    [
        ({}, "2011-12-31", "no_scheme", "2012-01-01"),
        ({"status": "resident", "nationality": "VNM"}, "2012-09-02", "group", "2012-09-03"),
        ({"status": "diplomat", "nationality": "USA"}, "2012-09-02", "group", "2012-09-03"),
        ({"status": "mainland", "nationality": "CHN"}, "2012-09-02", "group", "2012-09-03"),
        ({"status": "hk_macao", "nationality": "HKG"}, "2012-09-02", "group", "2012-09-03"),
        ({"status": "visitor", "nationality": "JPN", "enrolled": False}, "2016-06-30", "group", "2016-07-01"),
        (VISITOR | {"nationality": "USA"}, "2017-10-29", "group", "2017-10-30"),
        (VISITOR | {"nationality": "KOR"}, "2018-06-26", "group", "2018-06-27"),
        (VISITOR | {"nationality": "AUS"}, "2018-10-02", "group", "2018-10-03"),
        (VISITOR | {"nationality": "ITA"}, "2022-12-31", "group", "2023-01-01"),
        (VISITOR | {"nationality": "D"}, "2022-12-31", "group", "2023-01-01"),
        (VISITOR | {"nationality": "SGP"}, "2023-07-26", "group", "2023-07-27"),
        ({"birth_date": "2007-01-01"}, "2020-12-31", "age", "2021-01-01"),
        ({"enrolled": False}, "2022-10-31", "enrolment", "2022-11-01"),
        (
            {"status": "resident", "nationality": "VNM", "enrolled": False},
            "2022-10-31",
            "enrolment",
            "2022-11-01",
        ),
        ({"status": "nwohr"}, "2024-12-31", "group", "2025-01-01"),
        ({"birth_date": "2013-06-01"}, "2024-12-31", "age", "2025-01-01"),
        ({"height_cm": 120}, "2024-12-31", "height", "2025-01-01"),
        ({"height_cm": 139.9}, "2024-12-31", "height", "2025-01-01"),
    ],
)
def test_a_rule_applies_from_its_day_and_not_the_day_before(
    said: dict[str, Any], before: str, code: str, since: str
) -> None:
    assert found(before, **said) == [code]
    assert found(since, **said) == []
    assert (date.fromisoformat(since) - date.fromisoformat(before)).days == 1


def test_a_passport_without_a_chip_is_taken_until_the_end_of_may_2024() -> None:
    assert found("2024-05-31", **UNCHIPPED) == []
    assert found("2024-06-01", **UNCHIPPED) == ["chip"]
    card: dict[str, Any] = {"document": {"type": "residence_card"}}
    residence_card: dict[str, Any] = {"status": "resident", "nationality": "VNM", **card}
    assert found("2024-05-31", **residence_card) == []
    assert found("2024-06-01", **residence_card) == ["document"]
    assert found("2024-05-31", **card) == ["document"]


def test_nobody_is_enrolled_in_the_lane_without_a_chip() -> None:
    assert found("2023-05-01", enrolled=False, **UNCHIPPED) == ["chip"]
    assert found("2023-05-01", enrolled=True, **UNCHIPPED) == []


@pytest.mark.parametrize(
    ("on", "born", "codes"),
    [
        ("2012-01-01", "1998-01-02", ["age"]),
        ("2012-01-01", "1998-01-01", []),
        ("2021-06-01", "2009-06-02", ["age"]),
        ("2021-06-01", "2009-06-01", []),
        ("2025-06-01", "2015-06-02", ["age"]),
        ("2025-06-01", "2015-06-01", []),
        ("2026-02-28", "2016-02-29", ["age"]),
        ("2026-03-01", "2016-02-29", []),
    ],
)
def test_the_least_age_is_reached_on_the_birthday(on: str, born: str, codes: list[str]) -> None:
    assert found(on, birth_date=born) == codes


@pytest.mark.parametrize(
    ("on", "height", "codes"),
    [
        ("2012-01-01", 139, ["height"]),
        ("2012-01-01", 140, []),
        ("2025-01-01", 119, ["height"]),
        ("2025-01-01", 120, []),
    ],
)
def test_the_least_height(on: str, height: float, codes: list[str]) -> None:
    assert found(on, height_cm=height) == codes


@pytest.mark.parametrize("nationality", ["JPN", "VNM", "GBR"])
def test_a_visitor_of_another_state_enters_by_the_desk_and_may_leave_by_a_lane(nationality: str) -> None:
    assert found("2025-06-01", **(VISITOR | {"nationality": nationality})) == ["group"]
    assert found("2025-06-01", **(VISITOR | {"nationality": nationality, "direction": "exit"})) == []


@pytest.mark.parametrize("nationality", ["CHN", "HKG", "TWN"])
def test_the_departure_of_foreigners_is_of_no_one_else(nationality: str) -> None:
    assert found("2025-06-01", status="visitor", nationality=nationality) == ["group"]


def test_visitors_on_departure_are_known_by_fingerprints_that_nobody_under_fourteen_gave() -> None:
    said = {"status": "visitor", "nationality": "JPN", "enrolled": False}
    assert found("2025-06-01", birth_date="2011-06-02", **said) == ["age"]
    assert found("2025-06-01", birth_date="2011-06-01", **said) == []
    assert found("2025-06-01", birth_date="2015-06-01", status="visitor", nationality="KOR") == []


def test_who_is_not_registered_enters_by_the_desk() -> None:
    said = VISITOR | {"nationality": "USA", "enrolled": False}
    assert found("2025-06-01", **said) == ["enrolment"]
    assert found("2025-06-01", status="diplomat", nationality="USA", enrolled=False) == ["enrolment"]
    assert found("2025-06-01", status="mainland", nationality="CHN", enrolled=False) == ["enrolment"]


def test_an_australian_passport_is_valid_for_more_than_six_months() -> None:
    said = VISITOR | {"nationality": "AUS"}
    assert found("2025-06-01", **said, document={"months_valid": 6}) == ["validity"]
    assert found("2025-06-01", **said, document={"months_valid": 7}) == []
    assert found("2025-06-01", **(said | {"nationality": "USA"}), document={"months_valid": 6}) == []


@pytest.mark.parametrize(("months", "codes"), [(-1, ["validity"]), (0, ["validity"]), (1, [])])
def test_an_expired_document_goes_to_the_desk(months: int, codes: list[str]) -> None:
    assert found("2025-06-01", document={"months_valid": months}) == codes


@pytest.mark.parametrize("direction", ["entry", "exit"])
def test_an_exit_ban_sends_to_the_desk_either_way(direction: str) -> None:
    assert found("2025-06-01", exit_ban=True, direction=direction) == ["exit_ban"]


@pytest.mark.parametrize("status", ["national", "nwohr"])
def test_a_national_is_of_the_state_of_the_profile(status: str) -> None:
    assert found("2025-06-01", status=status, nationality="JPN") == ["group"]


@pytest.mark.parametrize("field", [*Person.model_fields, "document.type", "document.chip", "document.months_valid"])
def test_what_is_not_known_never_lets_anybody_through(field: str) -> None:
    name, _, inner = field.partition(".")
    said: dict[str, Any] = {name: {inner: None}} if inner else {name: None}
    if field == "document":
        known = person().model_dump(mode="json") | {"document": None}
        codes = [each.code for each in eligibility(RULES, Person.model_validate(known), date(2025, 6, 1)).obstacles]
        assert codes == ["unknown.document.type", "unknown.document.chip", "unknown.document.months_valid"]
    else:
        assert f"unknown.{field}" in found("2025-06-01", **said)


def test_a_refusal_says_why_and_from_where() -> None:
    answer = eligibility(RULES, person(status="nwohr"), date(2024, 12, 31))
    assert [str(each.reason) for each in answer.obstacles] == [
        "nwohr of TWN may use it since 2025-01-01, not on 2024-12-31"
    ]
    assert any("chiayi.gov.tw 846229" in source for source in answer.sources)
    passed = eligibility(RULES, person(), date(2025, 1, 1))
    assert passed.eligible
    assert len(passed.sources) == 4


@given(
    st.fixed_dictionaries(
        {
            "nationality": st.sampled_from(["TWN", "USA", "JPN", "CHN", "HKG", "D"]),
            "status": st.sampled_from(Status),
            "direction": st.sampled_from(Direction),
            "enrolled": st.booleans(),
        }
    ),
    st.booleans(),
    st.dates(date(2010, 1, 1), date(2027, 12, 31)),
)
def test_any_person_is_answered_and_who_is_refused_is_told_why(said: dict[str, Any], chip: bool, on: date) -> None:
    answer = eligibility(RULES, person(**said, document={"chip": chip}), on)
    assert answer.eligible == (not answer.obstacles)
    if answer.eligible:
        assert on >= date(2012, 1, 1)
        assert chip or on < date(2024, 6, 1)
    assert all(str(each.reason) for each in answer.obstacles)
