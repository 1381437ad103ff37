"""Enrolments at the centre: sealed, counted, renewed, revoked for good."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from tests.border.desk import TW
from tests.border.services.test_lanes import deliver
from tests.device.made import NOW, clock
from tests.gates.lanes import LANE, MRZ, ledger

from gatehouse.audit.models import Leaf
from gatehouse.device import enrolling
from gatehouse.device.events import Enrolled
from gatehouse.gates.passages import Passages
from gatehouse.kernel.errors import ForbiddenError, NotFoundError, RefusedError
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.services import device_register
from gatehouse.simulation.portraits import portrait
from gatehouse.travellers.api import (
    EnrolledMonth,
    enrolled_documents,
    enrolled_face,
    enrolment_key,
    enrolment_revoke,
    enrolments_counted,
)
from gatehouse.travellers.models import Enrolment

pytestmark = pytest.mark.django_db
OFFICER = Actor(ActorKind.USER, "dpo", frozenset({"biometrics.erase"}))
FACE = portrait(8)


def enrol(folder: Path, *, times: int = 1, picture: bytes = FACE) -> Enrolment:
    token = device_register(name=LANE, port="TPE")
    with ledger(folder) as kept:
        for _ in range(times):
            Passages(kept).enrol(
                Enrolled(
                    mrz=MRZ,
                    consent=enrolling.CONSENT,
                    language="ja",
                    consented_at=NOW,
                    engine="engine 1",
                    quality=71,
                    picture=enrolling.sealed(picture, centre=enrolment_key()),
                )
            )
        deliver(kept, token)
    return Enrolment.objects.latest("id")


def test_what_a_lane_enrolled_is_kept_sealed_with_its_consent(tmp_path: Path) -> None:
    found = enrol(tmp_path)
    assert (found.consent, found.language, found.consented_at, found.port, found.quality) == (
        enrolling.CONSENT,
        "ja",
        NOW,
        "TPE",
        71,
    )
    assert FACE not in bytes(found.image)
    assert enrolled_face(found.traveller_id) == FACE
    assert list(enrolled_documents()) == [("UTO", "L898902C3")]
    assert enrolments_counted(TW.agency.time_zone) == [EnrolledMonth("2023-05", "TPE", 1, 0)]
    assert Leaf.objects.filter(body__contains='"action":"travellers.enrolment_record"').count() == 1


def test_who_enrols_again_has_one_enrolment_in_force(tmp_path: Path) -> None:
    enrol(tmp_path, times=2)
    assert Enrolment.objects.filter(wrapped__isnull=False).count() == 1
    assert enrolments_counted(TW.agency.time_zone) == [EnrolledMonth("2023-05", "TPE", 2, 1)]


def test_revoked_nobody_can_read_it_and_it_stays_revoked(tmp_path: Path) -> None:
    found = enrol(tmp_path)
    with pytest.raises(ForbiddenError):
        enrolment_revoke(clock=clock(), officer=Actor.device(LANE), traveller=found.traveller_id, reason="x")
    with pytest.raises(RefusedError, match="says why"):
        enrolment_revoke(clock=clock(), officer=OFFICER, traveller=found.traveller_id, reason=" ")
    assert enrolled_face(found.traveller_id) == FACE
    enrolment_revoke(clock=clock(), officer=OFFICER, traveller=found.traveller_id, reason="withdrawn")
    found.refresh_from_db()
    assert (found.wrapped, found.revoked_by, found.reason) == (None, "user:dpo", "withdrawn")
    assert enrolled_face(found.traveller_id) is None
    assert list(enrolled_documents()) == []
    with pytest.raises(NotFoundError, match="is not enrolled"):
        enrolment_revoke(clock=clock(), officer=OFFICER, traveller=found.traveller_id, reason="again")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE travellers_enrolment SET quality = 99",
        "UPDATE travellers_enrolment SET wrapped = null, revoked_at = now(), revoked_by = 'x', reason = 'x', port='X'",
        "DELETE FROM travellers_enrolment",
    ],
)
def test_an_enrolment_is_never_changed(tmp_path: Path, statement: str) -> None:
    enrol(tmp_path)
    with pytest.raises(IntegrityError, match="only revoked"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_is_no_picture_is_set_aside_and_nobody_enrolled(tmp_path: Path) -> None:
    with pytest.raises(Enrolment.DoesNotExist):
        enrol(tmp_path, picture=b"no picture")
    assert not Enrolment.objects.exists()
