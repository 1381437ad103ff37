"""What follows from each finding, by the tables of both profiles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from tests.border.desk import TW, UTOPIA

from gatehouse.border.domain.facts import Facts, stay
from gatehouse.border.domain.proposals import propose
from gatehouse.border.domain.rules import Rules, rules_of
from gatehouse.border.domain.words import Capacity, DecisionKind, Direction
from gatehouse.device.findings import age
from gatehouse.kernel.results import Reason, Result
from gatehouse.law.stay import exemption
from gatehouse.travellers.api import Permit
from gatehouse.watchlist.api import Hit, ListKind, Matched

RULES, UTOPIAN = rules_of(TW), rules_of(UTOPIA)
ON = date(2024, 5, 1)
ID = UUID(int=1)
ADMIT, RELEASE, REFER, REFUSE = DecisionKind.ADMIT, DecisionKind.RELEASE, DecisionKind.REFER, DecisionKind.REFUSE
ENTRY, EXIT, TRANSIT = Direction


def facts(nationality: str = "JPN", *, rules: Rules = RULES, **changes: Any) -> Facts:
    """A visitor against whom nothing speaks."""
    usual = Facts(
        direction=ENTRY,
        capacity=Capacity.PASSENGER,
        on=ON,
        nationality=nationality,
        national=nationality == rules.state,
        age=40,
        accompanied=False,
        document=Result.SUCCESSFUL,
        mrz_valid=True,
        expiry_date=date(2030, 1, 31),
        holder_differs=False,
        permit=None,
        exemption=exemption(rules.exemptions, nationality, ON),
        stay_until=None,
        hits=(),
    )
    return replace(usual, **changes)


def proposed(*args: Any, **changes: Any) -> tuple[DecisionKind, list[str]]:
    proposal = propose(facts(*args, **changes), changes.get("rules", RULES))
    return proposal.kind, [str(reason) for reason in proposal.reasons]


def permit(**changes: Any) -> Permit:
    usual = Permit(ID, "V1", "visitor_visa", date(2024, 1, 1), date(2024, 12, 31), 60, 1, 0)
    return replace(usual, **changes)


def hit(kind: ListKind, matched: Matched = Matched.DOCUMENT) -> Hit:
    return Hit(ID, ID, kind, matched, "case 7", Reason("the document %(number)s itself is listed", number="X1"))


@pytest.mark.parametrize(("direction", "kind"), [(ENTRY, ADMIT), (EXIT, RELEASE), (TRANSIT, RELEASE)])
def test_where_nothing_speaks_against_it_the_person_passes(direction: Direction, kind: DecisionKind) -> None:
    assert proposed(direction=direction) == (kind, [])
    assert proposed("TWN", direction=direction) == (kind, [])


def test_a_failed_document_goes_to_the_second_line_and_is_never_refused_by_rule() -> None:
    said = ["the document failed its authentication (入出國及移民法 §64 I (1))"]
    for direction in Direction:
        assert proposed(document=Result.FAILED, direction=direction) == (REFER, said)
    assert proposed("VNM", document=Result.FAILED)[0] is REFER  # no visa either: that would be a refusal by itself


def test_an_undetermined_document_follows_the_profiles_policy() -> None:
    said = "the document could not be authenticated"
    assert proposed(document=Result.UNDETERMINED) == (ADMIT, [f"{said} (本機關內部規定)"])
    utopian = facts("TWN", rules=UTOPIAN, document=Result.UNDETERMINED)
    assert propose(utopian, UTOPIAN).kind is REFER


@pytest.mark.parametrize(
    ("nationality", "direction", "kind", "article"),
    [
        ("JPN", ENTRY, REFUSE, "入出國及移民法 §18 I (4)"),
        ("JPN", EXIT, REFER, "入出國查驗及資料蒐集利用辦法 §11"),
        ("TWN", ENTRY, REFER, "入出國查驗及資料蒐集利用辦法 §3 II"),
        ("TWN", EXIT, REFUSE, "入出國查驗及資料蒐集利用辦法 §2 I, §5 I"),
    ],
)
def test_an_expired_document(nationality: str, direction: Direction, kind: DecisionKind, article: str) -> None:
    said = [f"the document expired on 2024-04-30 ({article})"]
    assert proposed(nationality, direction=direction, expiry_date=date(2024, 4, 30)) == (kind, said)
    assert proposed(nationality, direction=direction, expiry_date=ON)[0] is not REFUSE


def test_entry_without_a_visa_asks_for_six_months_of_validity() -> None:
    assert proposed(expiry_date=date(2024, 10, 31))[0] is REFER
    assert proposed(expiry_date=date(2024, 11, 1)) == (ADMIT, [])
    assert proposed(expiry_date=date(2024, 10, 31), permit=permit()) == (ADMIT, [])
    assert proposed("TWN", expiry_date=date(2024, 5, 2)) == (ADMIT, [])


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (None, "no visa or permit is on record, and no exemption applies"),
        (permit(entries_used=1), "the permit V1 has no entry left"),
        (permit(valid_until=date(2024, 4, 30)), "the permit V1 is valid from 2024-01-01 to 2024-04-30"),
        (permit(valid_from=date(2024, 5, 2)), "the permit V1 is valid from 2024-05-02 to 2024-12-31"),
    ],
)
def test_a_foreigner_without_a_visa_or_exemption(held: Permit | None, said: str) -> None:
    assert proposed("VNM", permit=held) == (REFUSE, [f"{said} (入出國及移民法 §18 I (4))"])
    for direction in (EXIT, TRANSIT):
        assert proposed("VNM", permit=held, direction=direction) == (RELEASE, [])


def test_the_law_asked_for_follows_the_person() -> None:
    assert proposed("VNM", permit=permit()) == (ADMIT, [])
    assert proposed("VNM", capacity=Capacity.CREW)[0] is REFER
    none = "no visa or permit is on record, and no exemption applies"
    assert proposed("CHN") == (REFUSE, [f"{none} (入出國查驗及資料蒐集利用辦法 §8 I (1), §6 (1))"])
    assert proposed("HKG") == (REFUSE, [f"{none} (入出國查驗及資料蒐集利用辦法 §6 (1))"])
    crew = f"{none} (香港澳門居民進入臺灣地區及居留定居許可辦法 §15)"
    assert proposed("MAC", capacity=Capacity.CREW) == (REFER, [crew])
    assert proposed("CHN", permit=permit(kind="entry_permit")) == (ADMIT, [])


def test_a_permit_that_no_act_concerning_the_person_knows_lets_nobody_in() -> None:
    said = "the permit V1 gives this person no stay"
    assert proposed("CHN", permit=permit()) == (REFUSE, [f"{said} (入出國查驗及資料蒐集利用辦法 §8 I (1), §6 (1))"])
    assert proposed("VNM", permit=permit(kind="entry_permit")) == (REFUSE, [f"{said} (入出國及移民法 §18 I (4))"])
    assert proposed("VNM", permit=permit(kind="library_card")) == (REFUSE, [f"{said} (入出國及移民法 §18 I (4))"])


@pytest.mark.parametrize("nationality", ["CHN", "HKG", "MAC"])
def test_who_is_no_foreigner_is_judged_by_no_article_on_foreigners(nationality: str) -> None:
    """Whatever is found: 入出國及移民法 §§18, 19, 22 and 74-1 and 查驗辦法 §§10, 11 speak of 外國人 alone."""
    everything = {
        "document": Result.FAILED,
        "mrz_valid": False,
        "expiry_date": date(2024, 4, 30),
        "holder_differs": True,
        "stay_until": date(2023, 4, 21),
        "hits": tuple(hit(kind) for kind in ListKind),
        "age": 9,
    }
    on_foreigners = (
        "移民法 §18",
        "移民法 §19",
        "移民法 §22",
        "§74-1",
        "查驗及資料蒐集利用辦法 §10",
        "利用辦法 §11",
        "外國人",
    )
    for direction in Direction:
        for capacity in Capacity:
            kind, said = proposed(nationality, direction=direction, capacity=capacity, **everything)
            assert kind is REFER
            assert len(said) >= 6
            assert not [one for one in said if any(article in one for article in on_foreigners)]
            assert not any("entry may be barred" in one for one in said)


def test_an_overstay_of_who_is_no_foreigner_is_fined_by_other_acts() -> None:
    kind, said = proposed("HKG", direction=EXIT, stay_until=date(2024, 4, 21))
    assert kind is REFER
    days = "10 days over the last permitted day, 2024-04-21"
    assert said == [f"{days} (入出國查驗及資料蒐集利用辦法 §7, 香港澳門關係條例 §47-1)"]


def test_an_overstay_says_how_long_and_what_may_follow() -> None:
    kind, said = proposed(direction=EXIT, stay_until=date(2024, 4, 21))
    assert kind is REFER
    articles = "入出國查驗及資料蒐集利用辦法 §11 (6), 入出國及移民法 §74-1"
    days = "10 days over the last permitted day, 2024-04-21; entry may be barred until 2025-05-01"
    assert said == [f"{days} ({articles})"]
    assert proposed(direction=EXIT, stay_until=ON) == (RELEASE, [])


@pytest.mark.parametrize(
    ("kind", "nationality", "direction", "expected"),
    [
        (ListKind.LOST_DOCUMENT, "JPN", ENTRY, REFER),
        (ListKind.LOST_DOCUMENT, "TWN", EXIT, REFER),
        (ListKind.LOOKOUT, "TWN", TRANSIT, REFER),
        (ListKind.ENTRY_BAN, "JPN", ENTRY, REFUSE),
        (ListKind.ENTRY_BAN, "JPN", EXIT, RELEASE),
        (ListKind.EXIT_BAN, "TWN", EXIT, REFUSE),
        (ListKind.EXIT_BAN, "JPN", EXIT, REFUSE),
        (ListKind.EXIT_BAN, "TWN", ENTRY, ADMIT),
    ],
)
def test_a_list_that_names_the_document(
    kind: ListKind, nationality: str, direction: Direction, expected: DecisionKind
) -> None:
    assert proposed(nationality, direction=direction, hits=(hit(kind),))[0] is expected


@pytest.mark.parametrize("kind", [ListKind.ENTRY_BAN, ListKind.EXIT_BAN, ListKind.LOOKOUT])
def test_a_name_alone_refuses_nobody(kind: ListKind) -> None:
    direction = EXIT if kind is ListKind.EXIT_BAN else ENTRY
    assert proposed(direction=direction, hits=(hit(kind, Matched.NAME),))[0] is REFER


def test_a_record_of_somebody_else_and_a_wrong_check_digit_are_looked_into() -> None:
    assert proposed(holder_differs=True)[0] is REFER
    assert proposed(mrz_valid=False)[0] is REFER


def test_a_child_travels_with_an_adult() -> None:
    assert proposed(age=13)[0] is REFER
    assert proposed(age=13, accompanied=True) == (ADMIT, [])
    assert proposed(age=14) == (ADMIT, [])
    assert proposed(age=None) == (ADMIT, [])
    utopian = facts("TWN", rules=UTOPIAN, age=13)
    assert propose(utopian, UTOPIAN) == propose(facts("TWN", rules=UTOPIAN), UTOPIAN)


def test_what_has_to_be_looked_into_comes_before_a_refusal_and_every_reason_is_said() -> None:
    kind, said = proposed("VNM", mrz_valid=False, hits=(hit(ListKind.LOOKOUT),), age=9)
    assert kind is REFER
    assert len(said) == 4


def test_no_finding_is_drawn_from_nationality_beyond_the_visa_that_the_law_asks_for() -> None:
    """Two people alike but for nationality, each with what the law asks for: the same proposal and the same reasons."""
    asked_for = {"CHN": permit(kind="entry_permit")}
    for document in Result:
        for direction in Direction:
            by_state = {
                state: proposed(
                    state, document=document, direction=direction, permit=asked_for.get(state, permit()), age=9
                )
                for state in ("JPN", "VNM", "CHN", "SYR", "D", "XXA")
            }
            assert len({(kind, tuple(said)) for kind, said in by_state.values()}) == 1


def test_the_stay_that_entry_gives() -> None:
    visa = stay(RULES, on=ON, nationality="VNM", permit=permit())
    assert visa is not None
    assert (visa.kind, visa.number, visa.last_permitted_day) == ("visitor_visa", "V1", date(2024, 6, 30))
    assert visa.source == "外國人停留居留及永久居留辦法 §2"
    entry = stay(RULES, on=ON, nationality="HKG", permit=permit(kind="entry_permit", stay_days=15))
    assert entry is not None
    assert (entry.last_permitted_day, entry.source) == (
        date(2024, 5, 16),
        "香港澳門居民進入臺灣地區及居留定居許可辦法 §11 I",
    )
    assert stay(RULES, on=ON, nationality="TWN", permit=permit()) is None
    assert stay(RULES, on=ON, nationality="VNM", permit=permit(entries_used=1)) is None
    exempt = stay(RULES, on=ON, nationality="JPN", permit=permit(entries_used=1))
    assert exempt is not None
    assert (exempt.kind, exempt.last_permitted_day) == ("exemption", date(2024, 7, 30))


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("2010-05-01", date(2024, 4, 30), 13),
        ("2010-05-01", date(2024, 5, 1), 14),
        ("2008-02-29", date(2022, 2, 28), 13),
        ("2010-05", date(2024, 5, 1), None),
        (None, date(2024, 5, 1), None),
    ],
)
def test_age(born: str | None, on: date, years: int | None) -> None:
    assert age(born, on) == years
