"""The tables of the profiles, read with the law's schemas."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.border.desk import UTOPIA

from gatehouse.kernel.errors import RefusedError, UnreadableError
from gatehouse.law.ban import BanRule, entry_ban
from gatehouse.law.hold import HoldRule, hold_rule
from gatehouse.law.stay import Exemption, StayRule, exemption, stay_rule
from gatehouse.platform.profile import SHIPPED, Profile

TW = Profile(SHIPPED / "tw")
EXEMPT = TW.read("visa_exempt.yaml", tuple[Exemption, ...])
HOLDS = TW.read("law/holds.yaml", tuple[HoldRule, ...])
BANS = TW.read("law/entry_bans.yaml", tuple[BanRule, ...])
STAYS = TW.read("law/stays.yaml", tuple[StayRule, ...])


@pytest.mark.parametrize(
    ("nationality", "entered", "last"),
    [
        ("JPN", date(2023, 5, 1), date(2023, 7, 30)),
        ("D", date(2024, 1, 31), date(2024, 4, 30)),
        ("MYS", date(2023, 2, 27), date(2023, 3, 29)),
        ("THA", date(2024, 2, 20), date(2024, 3, 5)),
    ],
)
def test_the_exempt_stay_in_days(nationality: str, entered: date, last: date) -> None:
    rule = exemption(EXEMPT, nationality, entered)
    assert rule is not None
    assert rule.term.last_day(entered) == last


@pytest.mark.parametrize(
    ("nationality", "on"),
    [("JPN", date(2022, 9, 28)), ("USA", date(2022, 9, 11)), ("VNM", date(2023, 5, 1)), ("", date(2023, 5, 1))],
)
def test_no_exemption_before_its_day_or_for_others(nationality: str, on: date) -> None:
    assert exemption(EXEMPT, nationality, on) is None


def test_of_several_exemptions_the_longest_favours_the_person() -> None:
    short = Exemption(nationalities={"XXA"}, term={"days": 14}, since="2023-01-01", article="a", source="s")
    longer = Exemption(nationalities={"XXA"}, term={"days": 30}, since="2020-01-01", article="b", source="s")
    found = exemption((short, longer), "XXA", date(2023, 5, 1))
    assert found is longer


@pytest.mark.parametrize(
    ("on", "national", "hours"),
    [
        (date(2023, 5, 1), True, 2),
        (date(2023, 5, 1), False, 6),
        (date(2024, 2, 29), False, 6),
        (date(2024, 3, 1), True, 2),
        (date(2026, 11, 22), False, 6),
    ],
)
def test_hold_times_by_the_date_of_the_law_and_nationality(on: date, national: bool, hours: int) -> None:
    rule = hold_rule(HOLDS, on)
    assert rule.limit(national=national) == timedelta(hours=hours)
    assert sorted(rule.grounds) == [1, 2, 3, 4, 5, 6]
    assert rule.in_force(on)


def test_which_wording_counts_on_the_day_of_its_change() -> None:
    assert hold_rule(HOLDS, date(2024, 2, 29)).source.startswith("內政部入出國及移民署實施暫時留置辦法")
    assert hold_rule(HOLDS, date(2024, 3, 1)).source.startswith("入出國及移民法 §64 as amended")


def test_before_the_law_nobody_is_held() -> None:
    with pytest.raises(RefusedError, match="no law in force on 2008-07-31 allows a hold"):
        hold_rule(HOLDS, date(2008, 7, 31))


@pytest.mark.parametrize(
    ("ground", "last_permitted", "left", "last"),
    [
        # Under a year over: one year from the day after exit.
        ("overstay", date(2023, 7, 30), date(2023, 8, 9), date(2024, 8, 9)),
        # As long as the overstay, at most three years before 1 March 2024 and seven since.
        ("overstay", date(2021, 7, 30), date(2023, 7, 30), date(2025, 7, 29)),
        ("overstay", date(2014, 1, 10), date(2024, 2, 29), date(2027, 2, 28)),
        ("overstay", date(2014, 1, 10), date(2024, 3, 1), date(2031, 3, 1)),
        ("document_forged", None, date(2024, 3, 1), date(2034, 3, 1)),
        ("illegal_work", None, date(2023, 1, 1), date(2026, 1, 1)),
    ],
)
def test_entry_bans(ground: str, last_permitted: date | None, left: date, last: date) -> None:
    ban = entry_ban(BANS, ground=ground, nationality="VNM", left=left, last_permitted=last_permitted)
    assert ban is not None
    assert (ban.first_day, ban.last_day) == (left + timedelta(days=1), last)


def test_no_ban_without_a_rule_in_force() -> None:
    assert entry_ban(BANS, ground="overstay", nationality="VNM", left=date(2013, 12, 31)) is None
    assert entry_ban(BANS, ground="bad_manners", nationality="VNM", left=date(2024, 3, 1)) is None


@pytest.mark.parametrize("nationality", ["CHN", "HKG", "MAC"])
def test_bans_on_foreigners_are_on_no_one_else(nationality: str) -> None:
    for rule in BANS:
        assert entry_ban(BANS, ground=rule.ground, nationality=nationality, left=date(2024, 3, 1)) is None


def test_how_a_permit_is_counted() -> None:
    entered, until = date(2024, 5, 1), date(2025, 4, 30)
    visitor = stay_rule(STAYS, "visitor_visa", "VNM", entered)
    resident = stay_rule(STAYS, "residence_permit", "VNM", entered)
    assert visitor is not None
    assert resident is not None
    assert visitor.last_permitted_day(entered=entered, stay_days=60, valid_until=until) == date(2024, 6, 30)
    assert visitor.last_permitted_day(entered=entered, stay_days=None, valid_until=until) == until
    assert resident.last_permitted_day(entered=entered, stay_days=60, valid_until=until) == until
    assert stay_rule(STAYS, "library_card", "VNM", entered) is None


@pytest.mark.parametrize(
    ("kind", "nationality", "article"),
    [
        ("visitor_visa", "VNM", "外國人停留居留及永久居留辦法 §2"),
        ("entry_permit", "VNM", None),
        ("visitor_visa", "HKG", None),
        ("entry_permit", "MAC", "香港澳門居民進入臺灣地區及居留定居許可辦法 §11 I"),
        (
            "entry_permit",
            "CHN",
            "大陸地區人民進入臺灣地區許可辦法 §21, 香港澳門居民進入臺灣地區及居留定居許可辦法 §11 I",
        ),
    ],
)
def test_each_kind_of_permit_is_of_the_act_that_concerns_the_person(
    kind: str, nationality: str, article: str | None
) -> None:
    rule = stay_rule(STAYS, kind, nationality, date(2024, 5, 1))
    assert (rule.article if rule else None) == article


def test_the_made_up_profile_has_rules_of_its_own() -> None:
    holds = UTOPIA.read("law/holds.yaml", tuple[HoldRule, ...])
    assert hold_rule(holds, date(2023, 5, 1)).limit(national=True) == timedelta(hours=1)
    assert hold_rule(holds, date(2023, 5, 1)).limit(national=False) == timedelta(hours=3)
    found = exemption(UTOPIA.read("visa_exempt.yaml", tuple[Exemption, ...]), "TWN", date(2022, 11, 29))
    assert found is not None
    assert found.term.last_day(date(2022, 11, 29)) == date(2023, 2, 28)


def test_a_row_without_a_source_or_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    (tmp_path / "agency.yaml").write_text("{}")
    row = "permit_kinds: [visa], runs: from_entry, since: 2020-01-01, article: a"
    for wrong, said in (("source: ''", "source"), ("source: s, until: 2019-12-31", "cannot end before it begins")):
        (tmp_path / "stays.yaml").write_text(f"- {{{row}, {wrong}}}")
        with pytest.raises(UnreadableError, match=said):
            Profile(tmp_path).read("stays.yaml", tuple[StayRule, ...])
