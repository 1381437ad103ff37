"""Biometrics at entry: captured where the law asks for it, and what officers record of them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from tests.border import desk
from tests.border.captures import (
    ADMIT,
    FINGERS,
    ME,
    REFER,
    STILL,
    arrived,
    decline,
    entered,
    exempt,
    judge,
    let_pass,
    reasons,
    states,
    take,
    view,
)
from tests.border.faces import Broken, Spy, engines
from tests.border.records import count, everything

from gatehouse.biometrics.fingerprints import Finger
from gatehouse.border.api import (
    DecisionKind,
    Direction,
    Reference,
)
from gatehouse.kernel.errors import ConflictError, ForbiddenError, NotFoundError, RefusedError, UnreadableError
from gatehouse.kernel.results import Result
from gatehouse.platform.config import config
from gatehouse.platform.engines import Engines
from gatehouse.travellers.api import biometrics_of, permit_register
from gatehouse.travellers.models import Biometric

pytestmark = pytest.mark.django_db


# At entry.


def test_what_a_foreigner_shows_at_entry_is_kept_and_what_is_missing_is_said() -> None:
    at = desk.clock()
    inspection = arrived(at)
    seen = view(inspection, at)
    assert states(seen) == {
        "face": ("taken", "入出國及移民法 §91 I"),
        "fingerprints": ("missing", "入出國及移民法 §91 I"),
    }
    assert (seen.proposal.kind, reasons(seen)) == (ADMIT, [STILL % "fingerprints"])
    kept = biometrics_of(seen.person.traveller, inspection=inspection)
    assert {kind: each.captured.image for kind, each in kept.items()} == {"face": ME}
    assert (kept["face"].captured.engine, seen.may_capture) == ("spy 1", True)
    # No chip was read: there is nothing to compare the live face with.
    assert (seen.comparison.result, seen.comparisons) == (Result.NOT_SUPPORTED, ())


def test_the_fingers_of_the_scanner_are_kept_with_the_face() -> None:
    at = desk.clock()
    inspection = arrived(at, fingers=FINGERS)
    seen = view(inspection, at)
    assert [state for state, _ in states(seen).values()] == ["taken", "taken"]
    assert reasons(seen) == []
    kept = biometrics_of(seen.person.traveller, inspection=inspection)
    assert {kind: each.captured.image for kind, each in kept.items()} == {
        "face": ME,
        "right_index": FINGERS[Finger.RIGHT_INDEX],
        "left_index": FINGERS[Finger.LEFT_INDEX],
    }


def test_without_an_engine_the_face_is_kept_and_nothing_is_compared() -> None:
    at = desk.clock()
    inspection = arrived(at, with_=Engines())
    seen = view(inspection, at)
    assert states(seen)["face"][0] == "taken"
    kept = biometrics_of(seen.person.traveller, inspection=inspection)["face"].captured
    assert (kept.template, kept.engine, kept.quality) == (None, "", None)
    assert count("border_comparison") == 0


@pytest.mark.parametrize(
    ("mrz", "kept"),
    [
        (desk.of_state("TWN"), False),
        (desk.of_state("JPN", birth_date="2009-05-02"), False),  # thirteen years old
        (desk.of_state("JPN", birth_date="2009-05-01"), True),  # fourteen today
        (desk.of_state("HKG"), True),
        (desk.of_state("CHN"), True),
    ],
)
def test_of_whom_the_law_does_not_speak_nothing_is_kept(mrz: str, kept: bool) -> None:
    at = desk.clock()
    seen = view(arrived(at, mrz, fingers=FINGERS), at)
    assert Biometric.objects.exists() is kept
    assert not any("still to be captured" in reason for reason in reasons(seen))
    if seen.person.nationality == "TWN":
        assert (seen.captures, seen.may_capture) == ((), False)
        assert not any("§91" in reason for reason in reasons(seen))
    elif not kept:
        assert set(states(seen).values()) == {("exempt", "入出國及移民法 §91 II (1)")}


def test_another_agency_has_another_rule() -> None:
    """Ten years old: exempt here, captured in Utopia, whose law asks for the face alone."""
    at, child = desk.clock(), desk.of_state("JPN", birth_date="2013-01-01")
    assert states(view(arrived(at, child), at))["face"][0] == "exempt"
    utopian = arrived(at, child, profile=desk.UTOPIA, port="UTA", fingers=FINGERS)
    assert list(Biometric.objects.values_list("kind", "inspection")) == [("face", utopian)]


@pytest.mark.parametrize("direction", [Direction.EXIT, Direction.TRANSIT])
def test_nothing_is_kept_but_at_entry(direction: Direction) -> None:
    at = desk.clock()
    seen = view(arrived(at, fingers=FINGERS, direction=direction), at)
    assert (Biometric.objects.count(), seen.captures) == (0, ())


@pytest.mark.parametrize("faces", [0, 2])
def test_a_picture_without_one_face_is_no_capture(faces: int) -> None:
    at = desk.clock()
    seen = view(arrived(at, with_=engines(Spy(count=faces))), at)
    assert reasons(seen) == [STILL % "the face and fingerprints"]
    assert Biometric.objects.count() == 0


def test_an_engine_that_fails_stops_nobody() -> None:
    at = desk.clock()
    inspection = arrived(at, with_=engines(Broken()))
    assert states(view(inspection, at))["face"][0] == "taken"
    let_pass(at, inspection, ADMIT)


def test_a_key_that_is_another_one_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    at = desk.clock()
    entered(at)
    monkeypatch.setattr(type(config()), "biometrics_secret", lambda _: "another")
    seen = view(arrived(at), at)
    assert states(seen)["face"][0] == "missing"
    [given_up] = seen.comparisons
    assert (given_up.result, given_up.reference) == (Result.ABORTED, Reference.CAPTURE)
    assert "they were sealed otherwise" in str(given_up.reason)


# What an officer records afterwards.


def test_what_is_taken_later_is_compared_kept_and_amends_the_proposal() -> None:
    at = desk.clock()
    inspection = arrived(at, face=None)
    assert reasons(view(inspection, at)) == [STILL % "the face and fingerprints"]
    take(at, inspection)
    seen = view(inspection, at)
    assert (reasons(seen), seen.live_image is not None) == ([STILL % "fingerprints"], True)
    take(at, inspection, face=None, fingerprints=FINGERS)
    seen = view(inspection, at)
    assert (reasons(seen), seen.proposal.kind) == ([], ADMIT)
    assert {each.officer for each in seen.captures} == {"user:chen"}
    assert len(biometrics_of(seen.person.traveller, inspection=inspection)) == 3
    let_pass(at, inspection, ADMIT)
    assert count("border_images") == 0


def test_who_declines_goes_to_the_second_line_by_the_article_on_it() -> None:
    at = desk.clock()
    inspection = arrived(at)
    decline(at, inspection, reason="says no ")
    seen = view(inspection, at)
    assert (seen.proposal.kind, reasons(seen)) == (
        REFER,
        ["capture was declined: fingerprints; entry may be refused for it (入出國及移民法 §91 III)"],
    )
    assert states(seen) == {
        "face": ("taken", "入出國及移民法 §91 I"),
        "fingerprints": ("declined", "入出國及移民法 §91 III"),
    }
    assert [each.note for each in seen.captures] == ["", "says no"]
    # Who changes their mind is captured after all, and nothing else of the proposal is lost.
    take(at, inspection, face=None, fingerprints=FINGERS)
    assert (view(inspection, at).proposal.kind, count("border_capture")) == (ADMIT, 3)


def test_what_else_was_found_stays_when_captures_change() -> None:
    at = desk.clock()
    inspection = arrived(at, desk.of_state("JPN", expiry_date="2023-04-01"), face=None)
    before = view(inspection, at)
    exempt(at, inspection)
    after = view(inspection, at)
    assert after.proposal.kind is before.proposal.kind is DecisionKind.REFUSE
    assert reasons(before) == [*reasons(after), STILL % "the face and fingerprints"]
    assert reasons(after) == ["the document expired on 2023-04-01 (入出國及移民法 §18 I (4))"]
    assert set(states(after).values()) == {("exempt", "入出國及移民法 §91 II (3)")}
    assert after.captures[0].about["en"] == "approved by the agency in this case"
    assert (after.exemptions, after.may_capture) == ((), False)


def test_the_exemptions_of_a_person_are_those_of_the_rule_that_concerns_them() -> None:
    at = desk.clock()
    for state, grounds in (
        ("JPN", ["under_14", "no_residence_certificate", "special_approval"]),
        ("HKG", ["under_14", "special_approval"]),
    ):
        seen = view(arrived(at, desk.of_state(state), face=None), at)
        assert [each.ground for each in seen.exemptions] == grounds


@pytest.mark.parametrize("act", [decline, exempt, take, judge])
def test_who_may_not_records_nothing_nor_does_anybody_where_there_is_no_inspection(act: Any) -> None:
    at = desk.clock()
    inspection = arrived(at, face=None)
    before = everything()
    with pytest.raises(ForbiddenError):
        act(at, inspection, officer=desk.NOT_CLEARED)
    with pytest.raises(NotFoundError):
        act(at, uuid4())
    assert everything() == before
    let_pass(at, inspection, ADMIT)
    before = everything()
    with pytest.raises(ConflictError, match="the inspection is closed"):
        act(at, inspection)
    assert everything() == before


@pytest.mark.parametrize(
    ("act", "changes", "error", "said"),
    [
        (decline, {"reason": "  "}, RefusedError, "says why"),
        (decline, {"reason": "x" * 2001}, RefusedError, "at most 2000 characters"),
        (exempt, {"ground": "holiday"}, RefusedError, "入出國及移民法 §91 I has no exemption holiday"),
        (exempt, {"ground": "under_14"}, RefusedError, "by the document the person is 38 years old"),
        (take, {"face": None}, RefusedError, "nothing was captured"),
        (take, {"face": b"no picture"}, UnreadableError, "neither JPEG nor JPEG 2000"),
        (take, {"face": None, "fingerprints": {Finger.LEFT_RING: b"x"}}, UnreadableError, "neither JPEG nor JPEG 2000"),
    ],
)
def test_what_cannot_be_recorded_changes_nothing(act: Any, changes: dict[str, Any], error: type, said: str) -> None:
    at = desk.clock()
    inspection = arrived(at, face=None)
    before = everything()
    with pytest.raises(error, match=said):
        act(at, inspection, **changes)
    assert everything() == before


@pytest.mark.parametrize("act", [decline, exempt, take])
def test_of_a_national_nothing_can_be_captured(act: Any) -> None:
    at = desk.clock()
    inspection = arrived(at, desk.of_state("TWN"))
    before = everything()
    with pytest.raises(RefusedError):
        act(at, inspection)
    assert everything() == before


def test_a_national_without_household_registration_is_known_by_the_permit() -> None:
    at, mrz = desk.clock(), desk.of_state("TWN")
    permit_register(
        clock=at,
        holder=desk.holder(mrz),
        number="N1",
        kind="entry_permit",
        valid_from=date(2023, 1, 1),
        valid_until=date(2024, 1, 1),
    )
    seen = view(arrived(at, mrz), at)
    assert states(seen)["fingerprints"] == ("missing", "入出國及移民法 §91 I")
    assert Biometric.objects.get().kind == "face"
