"""Keeping biometrics of a person, opening them, and making them unreadable."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.border import desk
from tests.border.records import count, everything
from tests.travellers.test_services import HOLDER, ON

from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError, NotFoundError, RefusedError, UnreadableError
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.config import config
from gatehouse.travellers.api import (
    Captured,
    biometrics_erase,
    biometrics_expire,
    biometrics_keep,
    biometrics_of,
    traveller_recognise,
)
from gatehouse.travellers.models import Biometric, BiometricKey

pytestmark = pytest.mark.django_db
OFFICER = Actor(ActorKind.USER, "tsai", frozenset({"biometrics.erase"}))
FACE = Captured("face", b"the picture of a face", b"\x00\x01\x02\x03", "set 1", 80)
FINGER = Captured("right_index", b"the picture of a finger")


def person() -> UUID:
    return traveller_recognise(clock=desk.clock(), holder=HOLDER, on=ON).traveller


def kept(traveller: UUID, *captured: Captured, inspection: UUID | None = None, at: FixedClock | None = None) -> UUID:
    inspection = inspection or uuid4()
    biometrics_keep(
        clock=at or desk.clock(),
        by=desk.INSPECTOR,
        traveller=traveller,
        inspection=inspection,
        port="TPE",
        captured=captured,
    )
    return inspection


def test_what_was_kept_opens_again_and_lies_sealed() -> None:
    traveller = person()
    inspection = kept(traveller, FACE, FINGER)
    found = biometrics_of(traveller, inspection=inspection)
    assert {kind: each.captured for kind, each in found.items()} == {"face": FACE, "right_index": FINGER}
    assert found["face"].captured_at == desk.clock().now()
    stored = " ".join(
        row for table in ("travellers_biometric", "travellers_biometrickey") for (row,) in everything()[table]
    )
    for plain in (FACE.image, FACE.template, FINGER.image):
        assert (plain or b"").hex() not in stored
    assert BiometricKey.objects.count() == 1
    assert biometrics_of(traveller, inspection=uuid4()) == {}


def test_the_last_of_a_kind_counts_and_the_first_stays() -> None:
    traveller, at = person(), desk.clock()
    inspection = kept(traveller, FACE, at=at)
    at.advance(timedelta(minutes=1))
    kept(traveller, Captured("face", b"a better one"), inspection=inspection, at=at)
    assert biometrics_of(traveller, inspection=inspection)["face"].captured.image == b"a better one"
    assert Biometric.objects.count() == 2


def test_what_another_installation_sealed_cannot_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    traveller = person()
    inspection = kept(traveller, FACE)
    monkeypatch.setattr(type(config()), "biometrics_secret", lambda _: "another")
    with pytest.raises(UnreadableError, match="they were sealed otherwise"):
        biometrics_of(traveller, inspection=inspection)


def test_erased_is_unreadable_at_once_and_says_why() -> None:
    traveller = person()
    inspection = kept(traveller, FACE, FINGER)
    leaves = count("audit_leaf")
    biometrics_erase(clock=desk.clock(), officer=OFFICER, traveller=traveller, reason=" asked for by the person ")
    assert biometrics_of(traveller, inspection=inspection) == {}
    key = BiometricKey.objects.get()
    assert (key.wrapped, key.destroyed_by, key.reason) == (None, "user:tsai", "asked for by the person")
    assert count("audit_leaf") == leaves + 1
    with pytest.raises(NotFoundError, match=r"no biometrics of .* are kept"):
        biometrics_erase(clock=desk.clock(), officer=OFFICER, traveller=traveller, reason="again")
    # Who comes again is captured under a key of its own.
    again = kept(traveller, FACE)
    assert biometrics_of(traveller, inspection=again)["face"].captured == FACE
    assert biometrics_of(traveller, inspection=inspection) == {}


def test_nobody_else_is_touched_by_an_erasure() -> None:
    one, other = person(), traveller_recognise(clock=desk.clock(), holder=desk.holder(desk.of_state("KOR")), on=ON)
    inspection, others = kept(one, FACE), kept(other.traveller, FACE)
    biometrics_erase(clock=desk.clock(), officer=OFFICER, traveller=one, reason="asked for")
    assert biometrics_of(one, inspection=inspection) == {}
    assert biometrics_of(other.traveller, inspection=others)["face"].captured == FACE


def test_who_may_not_or_says_not_why_erases_nothing() -> None:
    traveller = person()
    kept(traveller, FACE)
    before = everything()
    with pytest.raises(ForbiddenError):
        biometrics_erase(clock=desk.clock(), officer=desk.SUPERVISOR, traveller=traveller, reason="why not")
    for reason in ("", "  ", "x" * 2001):
        with pytest.raises(RefusedError, match="says why"):
            biometrics_erase(clock=desk.clock(), officer=OFFICER, traveller=traveller, reason=reason)
    assert everything() == before


def test_what_is_past_its_term_expires_and_the_rest_stays() -> None:
    at = desk.clock()
    traveller = person()
    inspection = kept(traveller, FACE, at=at)
    at.advance(timedelta(days=5 * 365 + 1))  # 30 April 2028
    assert biometrics_expire(clock=at, officer=OFFICER, profile=desk.UTOPIA) == 0
    at.advance(timedelta(days=1))
    assert biometrics_expire(clock=at, officer=OFFICER, profile=desk.UTOPIA) == 0
    assert biometrics_of(traveller, inspection=inspection) != {}
    at.advance(timedelta(days=1))
    assert biometrics_expire(clock=at, officer=OFFICER, profile=desk.UTOPIA) == 1
    assert biometrics_of(traveller, inspection=inspection) == {}
    assert BiometricKey.objects.get().reason == "Border Act 10: expired"


def test_without_a_term_nothing_expires() -> None:
    traveller = person()
    kept(traveller, FACE)
    before = everything()
    with pytest.raises(RefusedError, match=r"§91 IV: no term of retention is known here"):
        biometrics_expire(clock=desk.clock(), officer=OFFICER, profile=desk.TW)
    assert everything() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE travellers_biometric SET quality = 1",
        "DELETE FROM travellers_biometric",
        "UPDATE travellers_biometrickey SET wrapped = 'x'",
        "UPDATE travellers_biometrickey SET wrapped = NULL",
        "UPDATE travellers_biometrickey SET made_at = now()",
        "DELETE FROM travellers_biometrickey",
    ],
)
def test_the_database_lets_nothing_be_changed(statement: str) -> None:
    kept(person(), FACE)
    before = everything()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert everything() == before


def test_a_destroyed_key_never_comes_back() -> None:
    traveller = person()
    kept(traveller, FACE)
    biometrics_erase(clock=desk.clock(), officer=OFFICER, traveller=traveller, reason="asked for")
    statement = "UPDATE travellers_biometrickey SET wrapped = 'x', destroyed_at = NULL, destroyed_by = '', reason = ''"
    with pytest.raises(IntegrityError, match="only destroyed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "wrong", [Captured("nose", b"x"), Captured("face", b"x", b"t"), Captured("face", b"x", quality=101)]
)
def test_the_database_refuses_what_is_no_capture(wrong: Captured) -> None:
    traveller = person()
    with pytest.raises(IntegrityError), transaction.atomic():
        kept(traveller, wrong)
    assert count("travellers_biometric") == 0
