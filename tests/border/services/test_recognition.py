"""A live face beside the chip's, and at exit beside what was captured at entry."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError, connection, transaction
from tests.border import desk
from tests.border.captures import (
    ADMIT,
    FINGERS,
    HIGHER,
    REFER,
    RELEASE,
    SOMEBODY,
    arrived,
    entered,
    judge,
    let_pass,
    reasons,
    view,
)
from tests.border.faces import Broken, SameFinger, Spy, engines
from tests.border.records import count, everything

from gatehouse.biometrics.pictures import Picture, Template
from gatehouse.border.api import (
    Direction,
    DocumentReading,
    InspectionView,
    Reference,
)
from gatehouse.documents import lds
from gatehouse.documents.lds.dg2 import Dg2
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.results import Result
from gatehouse.law.capture import Modality
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import Issuer
from gatehouse.travellers.models import Biometric

pytestmark = pytest.mark.django_db


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
