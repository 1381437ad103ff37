"""Keeping what was captured of persons, and making it unreadable."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.kernel.ids import new_id
from gatehouse.law.capture import TABLE, CaptureTable
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import insert, rows
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile
from gatehouse.travellers import vault
from gatehouse.travellers.domain import Captured
from gatehouse.travellers.selectors.biometrics import installation_key, last_captured

LONGEST_REASON = 2000
# Shared, so that a key is not destroyed between its reading and the end of the transaction that seals with it.
_KEY = """
SELECT id, wrapped FROM travellers_biometrickey WHERE traveller_id = %s AND wrapped IS NOT NULL FOR SHARE
"""
_NEW_KEY = """
INSERT INTO travellers_biometrickey (id, traveller_id, wrapped, made_at, destroyed_by, reason)
VALUES (%s, %s, %s, %s, '', '') ON CONFLICT (traveller_id) WHERE wrapped IS NOT NULL DO NOTHING RETURNING id
"""
_DESTROY = """
UPDATE travellers_biometrickey SET wrapped = NULL, destroyed_at = %s, destroyed_by = %s, reason = %s
 WHERE traveller_id = %s AND wrapped IS NOT NULL RETURNING id
"""


def biometrics_keep(
    *, clock: Clock, by: Actor, traveller: UUID, inspection: UUID, port: str, captured: Iterable[Captured]
) -> None:
    """Keep what was captured of a person, sealed. Runs in the transaction of the caller, who leaves the leaf.

    Raises `UnreadableError` where the installation's key is another one than it was.
    """
    key, plain = _key_of(clock, traveller)
    for each in captured:
        id_ = new_id(clock.now())
        place = {"row": id_, "traveller": traveller}
        insert(
            "travellers_biometric",
            id=id_,
            traveller_id=traveller,
            key_id=key,
            kind=each.kind,
            version=vault.VERSION,
            image=vault.sealed(plain, each.image, what=f"{each.kind} image", **place),
            template=None
            if each.template is None
            else vault.sealed(plain, each.template, what=f"{each.kind} template", **place),
            engine=each.engine,
            quality=each.quality,
            inspection=inspection,
            port=port,
            captured_at=clock.now(),
            captured_by=str(by),
        )


@transaction.atomic
def biometrics_erase(*, clock: Clock, officer: Actor, traveller: UUID, reason: str) -> None:
    """Destroy the key of a person: what was captured of them until now can be read by nobody any more.

    Raises `ForbiddenError`; `RefusedError` without a reason; `NotFoundError` where nothing of them is kept. Nothing
    changed then.
    """
    officer.require("biometrics.erase")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise RefusedError("who erases biometrics says why, in at most %(most)d characters", most=LONGEST_REASON)
    destroyed = rows(_DESTROY, (clock.now(), str(officer), reason.strip(), traveller))
    if not destroyed:
        raise NotFoundError("no biometrics of %(id)s are kept", id=str(traveller))
    leaf_append(
        clock=clock,
        actor=str(officer),
        action="travellers.biometrics_erase",
        subject=str(traveller),
        purpose="correction",
        detail={"key": str(destroyed[0][0]), "reason": reason.strip()},
    )


def biometrics_expire(*, clock: Clock, officer: Actor, profile: Profile | None = None) -> int:
    """Erase what the profile lets be kept no longer, person by person. Gives how many persons that were.

    Raises `ForbiddenError`; `RefusedError` where the profile has no term.
    """
    officer.require("biometrics.erase")
    profile = profile or settings_profile()
    retention = profile.read(TABLE, CaptureTable).retention
    if retention.term is None:
        raise RefusedError("%(article)s: no term of retention is known here", article=retention.article)
    zone = ZoneInfo(profile.agency.time_zone)
    today, over = profile.agency.day(clock.now()), 0
    for traveller, last in last_captured():
        if retention.term.last_day(last.astimezone(zone).date()) < today:
            biometrics_erase(clock=clock, officer=officer, traveller=traveller, reason=f"{retention.article}: expired")
            over += 1
    return over


def _key_of(clock: Clock, traveller: UUID) -> tuple[UUID, bytes]:
    """The key in use of a person, made where there is none. Two desks at once make one."""
    while True:
        found = rows(_KEY, (traveller,))
        if found:
            [(key, wrapped)] = found
            return key, vault.key_unwrapped(installation_key(), bytes(wrapped), key=key, traveller=traveller)
        key = new_id(clock.now())
        plain, wrapped = vault.key_made(installation_key(), key=key, traveller=traveller)
        if rows(_NEW_KEY, (key, traveller, wrapped, clock.now())):
            return key, plain
