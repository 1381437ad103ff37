"""Biometrics at an inspection: compared, captured at entry where the law asks for it, recognised at exit."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from django.db import IntegrityError, connection, transaction
from tests.border import desk
from tests.border.faces import Broken, SameFinger, Spy, engines, picture
from tests.border.records import count, everything

from gatehouse.biometrics.fingerprints import Finger
from gatehouse.biometrics.pictures import Picture, Template
from gatehouse.border.api import (
    DecisionKind,
    Direction,
    DocumentReading,
    InspectionView,
    Reference,
    capture_decline,
    capture_exempt,
    capture_take,
    decision_take,
    faces_judge,
)
from gatehouse.documents import lds
from gatehouse.documents.lds.dg2 import Dg2
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ConflictError, ForbiddenError, NotFoundError, RefusedError, UnreadableError
from gatehouse.kernel.results import Result
from gatehouse.law.capture import Modality
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.config import config
from gatehouse.platform.engines import Engines
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import Issuer
from gatehouse.travellers.api import biometrics_of, permit_register
from gatehouse.travellers.models import Biometric

pytestmark = pytest.mark.django_db
ADMIT, RELEASE, REFER = DecisionKind.ADMIT, DecisionKind.RELEASE, DecisionKind.REFER
HIGHER = Actor(ActorKind.USER, "lin", desk.SECOND.permissions | {"biometrics.read"})
ME, SOMEBODY = picture(1), picture(2)
FINGERS = {Finger.RIGHT_INDEX: b"\xff\xa0 right", Finger.LEFT_INDEX: b"\xff\xa0 left"}
STILL = "still to be captured: %s (入出國及移民法 §91 I)"


def arrived(
    at: FixedClock,
    mrz: str | None = None,
    *,
    face: bytes | None = ME,
    fingers: dict[Finger, bytes] | None = None,
    with_: Engines | None = None,
    **changes: Any,
) -> UUID:
    reading = DocumentReading(mrz or desk.passport(), at.now(), live_image=face, fingerprints=fingers or {})
    return desk.opened(at, reading=reading, engines=with_ or engines(), **changes)


def let_pass(at: FixedClock, inspection: UUID, kind: DecisionKind) -> None:
    decision_take(clock=at, officer=desk.INSPECTOR, inspection=inspection, kind=kind, reason="it is", profile=desk.TW)


def entered(at: FixedClock, **given: Any) -> UUID:
    """Somebody who was let in, with their face and two fingers."""
    inspection = arrived(at, fingers=FINGERS, **given)
    let_pass(at, inspection, ADMIT)
    return inspection


def states(view: InspectionView) -> dict[str, tuple[str, str]]:
    return {each.modality.value: (each.state.value, each.article) for each in view.captures}


def reasons(view: InspectionView) -> list[str]:
    """Without that on the document: most of these are read without a chip."""
    found = [str(reason) for reason in view.proposal.reasons]
    return [reason for reason in found if not reason.startswith("the document could not be authenticated")]


def view(inspection: UUID, at: FixedClock, reader: Actor = desk.SECOND) -> InspectionView:
    return desk.seen(inspection, at, reader)


def decline(at: FixedClock, inspection: UUID, **changes: Any) -> None:
    at.advance(timedelta(seconds=1))
    given = {"officer": desk.INSPECTOR, "reason": "says no", **changes}
    capture_decline(clock=at, inspection=inspection, profile=desk.TW, **given)


def exempt(at: FixedClock, inspection: UUID, **changes: Any) -> None:
    at.advance(timedelta(seconds=1))
    given = {"officer": desk.INSPECTOR, "ground": "special_approval", **changes}
    capture_exempt(clock=at, inspection=inspection, profile=desk.TW, **given)


def take(at: FixedClock, inspection: UUID, **changes: Any) -> None:
    at.advance(timedelta(seconds=1))
    given = {"officer": desk.INSPECTOR, "face": ME, **changes}
    capture_take(clock=at, inspection=inspection, profile=desk.TW, engines=engines(), **given)


def judge(at: FixedClock, inspection: UUID, **changes: Any) -> None:
    at.advance(timedelta(seconds=1))
    given = {"officer": desk.INSPECTOR, "same": True, **changes}
    faces_judge(clock=at, inspection=inspection, profile=desk.TW, **given)


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


# With a chip, and at exit.


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return Issuer("JP", "JPN", seed=5, on=desk.clock().now().date())


def with_chip(issuer: Issuer, at: FixedClock, engine: Spy, live: bytes | None = None, **changes: Any) -> InspectionView:
    issued = issuer.personalise(made_up_holder("JPN", 4, on=at.now().date(), youngest=20))
    chip = lds.read("DG2", issued.files["DG2"])
    assert isinstance(chip, Dg2)
    reading = DocumentReading(
        "\n".join(issued.mrz_lines), at.now(), issued.files, live if live is not None else bytes(chip.faces[0].image)
    )
    return view(desk.opened(at, reading=reading, engines=engines(engine), **changes), at)


def test_the_chips_face_is_compared_with_the_live_one_and_all_of_it_is_kept(issuer: Issuer) -> None:
    seen = with_chip(issuer, desk.clock(), Spy(attacked=0.2))
    [found] = seen.comparisons
    assert (found.modality, found.reference, found.result) == (Modality.FACE, Reference.DOCUMENT, Result.SUCCESSFUL)
    assert (found.score, found.threshold, found.false_match_rate) == (1.0, 0.5, 0.001)
    assert (found.engine, found.demonstration, found.attack, found.attack_alarm) == ("spy 1", False, 0.2, False)
    assert set(found.live_quality or ()) == {"resolution", "sharpness", "contrast", "exposure"}
    assert (seen.comparison.id, seen.comparison.result) == ("face_comparison", Result.SUCCESSFUL)
    assert not any("agree" in reason for reason in reasons(seen))


def test_faces_that_differ_propose_the_second_line_and_decide_nothing(issuer: Issuer) -> None:
    at = desk.clock()
    seen = with_chip(issuer, at, Spy(), SOMEBODY)
    assert (seen.comparison.result, seen.comparisons[0].score) == (Result.FAILED, 0.1)
    assert (seen.proposal.kind, reasons(seen)[-1]) == (
        REFER,
        "the live face does not agree with the document's: compare by eye (入出國及移民法 §64 I (1))",
    )
    assert ADMIT in seen.allowed_kinds
    let_pass(at, seen.id, ADMIT)


def test_an_attack_proposes_the_second_line(issuer: Issuer) -> None:
    seen = with_chip(issuer, desk.clock(), Spy(attacked=0.9))
    assert (seen.comparison.result, seen.proposal.kind) == (Result.UNDETERMINED, REFER)
    assert reasons(seen)[-1].startswith("the live picture looks like an attack: look at the person")


def test_an_engine_that_fails_is_an_aborted_check(issuer: Issuer) -> None:
    seen = with_chip(issuer, desk.clock(), Broken())
    assert (seen.comparison.result, seen.proposal.kind) == (Result.ABORTED, ADMIT)
    assert str(seen.comparison.reason) == "the comparison was given up: the engine failed with RuntimeError"


def test_at_exit_the_person_is_recognised_by_what_was_captured_at_entry() -> None:
    at = desk.clock()
    entered(at)
    seen = view(arrived(at, fingers=FINGERS, direction=Direction.EXIT, with_=engines(Spy(), SameFinger())), at, HIGHER)
    assert [(each.modality.value, each.reference.value, each.result.value) for each in seen.comparisons] == [
        ("face", "capture", "successful"),
        ("fingerprints", "capture", "successful"),
    ]
    # Two fingers: each at half the rate, so that both together match a stranger no more often.
    assert (seen.comparisons[1].threshold, seen.comparisons[1].false_match_rate) == (0.6, 0.001)
    assert (seen.proposal.kind, reasons(seen), seen.may_capture) == (RELEASE, [], True)
    assert seen.captured is not None
    assert (seen.captured.image[:2], seen.captured.at) == (b"\xff\xd8", at.now())
    assert Biometric.objects.count() == 3  # what is seen at exit is not kept


def test_only_who_may_sees_the_face_of_the_entry() -> None:
    at = desk.clock()
    entered(at)
    inspection = arrived(at, direction=Direction.EXIT)
    assert view(inspection, at, desk.SECOND).captured is None
    assert view(inspection, at, HIGHER).captured is not None
    let_pass(at, inspection, RELEASE)
    assert view(inspection, at, HIGHER).captured is None


def test_somebody_else_at_exit_is_proposed_to_the_second_line() -> None:
    at = desk.clock()
    entered(at)
    others = {finger: image + b"!" for finger, image in FINGERS.items()}
    inspection = arrived(
        at, face=SOMEBODY, fingers=others, direction=Direction.EXIT, with_=engines(Spy(), SameFinger())
    )
    seen = view(inspection, at)
    assert [each.result for each in seen.comparisons] == [Result.FAILED, Result.FAILED]
    cited = "(入出國查驗及資料蒐集利用辦法 §21 I)"
    assert (seen.proposal.kind, reasons(seen)) == (
        REFER,
        [
            f"the live face does not agree with the one captured at entry: compare by eye {cited}",
            f"the fingerprints do not agree with those captured at entry: find out who this is {cited}",
        ],
    )
    assert RELEASE in seen.allowed_kinds


def test_without_an_engine_of_fingerprints_nothing_is_said_of_them() -> None:
    at = desk.clock()
    entered(at)
    seen = view(arrived(at, fingers=FINGERS, direction=Direction.EXIT), at)
    fingers = seen.comparisons[1]
    assert (fingers.result, str(fingers.reason)) == (Result.UNDETERMINED, "no engine compares fingerprints here")
    assert seen.proposal.kind is RELEASE


def test_the_template_of_the_same_engine_is_used_and_that_of_another_is_not() -> None:
    at = desk.clock()
    entered(at)
    same = Spy()
    view(arrived(at, direction=Direction.EXIT, with_=engines(same)), at)
    assert len([each for each in same.given if isinstance(each, Picture)]) == 3  # the live picture alone
    other = Spy()
    other.info = type(other.info)("spy", "2", "tests")
    seen = view(arrived(at, direction=Direction.EXIT, with_=engines(other)), at)
    assert len([each for each in other.given if isinstance(each, Picture)]) == 5  # and the captured one anew
    assert (seen.comparisons[0].engine, seen.comparisons[0].result) == ("spy 2", Result.SUCCESSFUL)


def test_who_was_not_let_in_is_not_who_is_recognised() -> None:
    """A face that was captured under somebody's document, and never let in, says nothing of its holder."""
    at = desk.clock()
    arrived(at, face=SOMEBODY)
    entered(at)
    arrived(at, face=SOMEBODY)
    seen = view(arrived(at, direction=Direction.EXIT), at)
    assert [each.result for each in seen.comparisons] == [Result.SUCCESSFUL]


def test_engines_are_given_pixels_and_what_they_made_of_them() -> None:
    """Two people who differ in everything that a document says are the same to an engine."""
    assert [each.name for each in fields(Picture)] == ["pixels"]
    assert [each.name for each in fields(Template)] == ["engine", "vector"]
    at, given = desk.clock(), []
    for mrz in (
        desk.of_state("JPN", surname="TANAKA", sex="F", birth_date="1985-03-14"),
        desk.of_state("NGA", surname="ADEYEMI", sex="M", birth_date="1955-12-01"),
    ):
        spy = Spy()
        entered(at, mrz=mrz, with_=engines(spy))
        arrived(at, mrz, direction=Direction.EXIT, with_=engines(spy))
        given.append(spy.given)
    for one, other in zip(*given, strict=True):
        assert type(one) is type(other)
        if isinstance(one, Picture):
            assert np.array_equal(one.pixels, other.pixels)
        else:
            assert [np.array_equal(a.vector, b.vector) for a, b in zip(one, other, strict=True)] == [True, True]


# What the database holds.


def test_a_judgement_by_eye_is_kept_and_the_last_one_shown() -> None:
    at = desk.clock()
    inspection = arrived(at)
    assert view(inspection, at).judged is None
    judge(at, inspection)
    judge(at, inspection, same=False, officer=desk.SECOND)
    judged = view(inspection, at).judged
    assert judged is not None
    assert (judged.same, judged.officer, count("border_judgement")) == (False, "user:lin", 2)


@pytest.mark.parametrize("table", ["border_comparison", "border_capture", "border_judgement"])
def test_what_was_recorded_is_never_changed(table: str, issuer: Issuer) -> None:
    at = desk.clock()
    judge(at, with_chip(issuer, at, Spy()).id)
    before = everything()
    assert len(before[table]) == 1
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
        with (
            pytest.raises(IntegrityError, match="insert-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert everything() == before
