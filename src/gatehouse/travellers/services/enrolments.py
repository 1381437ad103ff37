"""Enrolment for automated clearance: kept sealed with its consent, and revoked for good."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.device import enrolling
from gatehouse.documents.images import inspect
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.kernel.ids import new_id
from gatehouse.platform.actors import Actor
from gatehouse.platform.config import config
from gatehouse.platform.database import lock_for_transaction, rows
from gatehouse.travellers import vault
from gatehouse.travellers.models import Enrolment
from gatehouse.travellers.selectors.biometrics import installation_key
from gatehouse.travellers.services.biometrics import LONGEST_REASON

_REVOKE = """
UPDATE travellers_enrolment SET wrapped = NULL, revoked_at = %s, revoked_by = %s, reason = %s
 WHERE traveller_id = %s AND wrapped IS NOT NULL RETURNING id
"""
_WHAT = "face enrolment"


def enrolment_key() -> str:
    """The public key to which lanes seal what they enrol."""
    return enrolling.public_text(enrolling.key_from(config().biometrics_secret()))


def enrolment_record(
    *,
    clock: Clock,
    by: Actor,
    traveller: UUID,
    port: str,
    picture: str,
    engine: str,
    quality: int,
    consent: str,
    language: str,
    consented_at: datetime,
) -> UUID:
    """Keep what a person agreed to in a lane, in the place of an enrolment before. Runs in the caller's transaction.

    `picture` as `device.enrolling.sealed` made it. Raises `UnreadableError` where it cannot be opened, or is none.
    """
    image = enrolling.opened(picture, enrolling.key_from(config().biometrics_secret()))
    inspect(image)
    lock_for_transaction(f"enrolment of {traveller}")
    now = clock.now()
    replaced = rows(_REVOKE, (now, str(by), "enrolled anew", traveller))
    id_ = new_id(now)
    plain, wrapped = vault.key_made(installation_key(), key=id_, traveller=traveller)
    Enrolment.objects.create(
        id=id_,
        traveller_id=traveller,
        wrapped=wrapped,
        version=vault.VERSION,
        image=vault.sealed(plain, image, row=id_, traveller=traveller, what=_WHAT),
        engine=engine,
        quality=quality,
        consent=consent,
        language=language,
        consented_at=consented_at,
        port=port,
        enrolled_at=now,
        enrolled_by=str(by),
    )
    leaf_append(
        clock=clock,
        actor=str(by),
        action="travellers.enrolment_record",
        subject=str(traveller),
        site=port,
        detail={"enrolment": str(id_), "consent": consent, "language": language, "replaced": len(replaced)},
    )
    return id_


@transaction.atomic
def enrolment_revoke(*, clock: Clock, officer: Actor, traveller: UUID, reason: str) -> None:
    """A person withdraws: the enrolled face can be read by nobody any more, and no lane lets them enrolled through.

    Raises `ForbiddenError`; `RefusedError` without a reason; `NotFoundError` where they are not enrolled.
    """
    officer.require("biometrics.erase")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise RefusedError("who revokes an enrolment says why, in at most %(most)d characters", most=LONGEST_REASON)
    revoked = rows(_REVOKE, (clock.now(), str(officer), reason.strip(), traveller))
    if not revoked:
        raise NotFoundError("%(id)s is not enrolled", id=str(traveller))
    leaf_append(
        clock=clock,
        actor=str(officer),
        action="travellers.enrolment_revoke",
        subject=str(traveller),
        purpose="correction",
        detail={"enrolment": str(revoked[0][0]), "reason": reason.strip()},
    )
