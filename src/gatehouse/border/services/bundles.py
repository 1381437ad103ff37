"""Issuing what a device takes along to work without the centre."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.db.models import Max

from gatehouse.audit.api import leaf_append
from gatehouse.border.domain.ledgers import Roster
from gatehouse.border.domain.rules import rules_of, tables_of
from gatehouse.border.models import Bundle
from gatehouse.device import bundle as made
from gatehouse.device.signed_file import LARGEST
from gatehouse.device.watch_index import build, fresh_key
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.kernel.ids import new_id
from gatehouse.platform.actors import Actor
from gatehouse.platform.config import Mode, config
from gatehouse.platform.database import lock_for_transaction
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile
from gatehouse.platform.selectors import OfflineOfficer, device_by_name, offline_officers
from gatehouse.watchlist.api import entries_between

#: Lists that are older than a week are no lists.
LONGEST_HOURS = 168


@transaction.atomic
def bundle_issue(
    *,
    clock: Clock,
    actor: Actor,
    device: str,
    hours: int,
    lists: made.TrustLists,
    key: Ed25519PrivateKey,
    profile: Profile | None = None,
) -> tuple[made.Bundle, bytes]:
    """A bundle for a device, and its signed file: lists, tables, trust, and the roster of the port's officers.

    Raises `ForbiddenError`; `NotFoundError` for a device that is not known; `RefusedError` for other hours than 1 to
    168, where nobody could sign on, and where it would be too large.
    """
    actor.require("border.issue_bundles")
    if not 1 <= hours <= LONGEST_HOURS:
        raise RefusedError("a bundle is good for 1 to %(most)d hours", most=LONGEST_HOURS)
    known = device_by_name(device)
    if known is None:
        raise NotFoundError("there is no device %(name)s", name=device)
    officers = offline_officers(port=known.port, permission="border.inspect")
    if not officers:
        raise RefusedError(
            "no officer of %(port)s has a passphrase for devices: gatehouse user passphrase sets one", port=known.port
        )
    lock_for_transaction(f"bundles of {device}")
    now = clock.now().replace(microsecond=0)
    newest = Bundle.objects.filter(device=device).aggregate(newest=Max("serial"))["newest"] or 0
    rules = rules_of(profile or settings_profile())
    until = now + timedelta(hours=hours)
    index_key = fresh_key()
    entries = entries_between(rules.day(now), rules.day(until))
    bundle = made.Bundle(
        device=device,
        port=known.port,
        serial=newest + 1,
        issued=now,
        expires=until,
        tables=tables_of(rules),
        roster=tuple(_officer(officer, index_key) for officer in officers),
        trust=lists,
        watch_index=build(entries, index_key),
        mode="training" if config().mode is Mode.TRAINING else None,
    )
    data = made.sign(bundle, key)
    if len(data) > LARGEST:
        raise RefusedError("a bundle has at most %(mib)d MiB: leave out large lists", mib=LARGEST // 2**20)
    roster = Roster(officers={each.username: (each.permissions, each.credential) for each in officers})
    Bundle.objects.create(
        id=new_id(now),
        device=device,
        port=known.port,
        serial=bundle.serial,
        issued_at=now,
        expires_at=until,
        sha256=hashlib.sha256(data).hexdigest(),
        issued_by=str(actor),
        roster=roster.model_dump(mode="json"),
    )
    leaf_append(
        clock=clock,
        actor=str(actor),
        action="border.bundle_issue",
        site=known.port,
        detail={"device": device, "serial": bundle.serial, "entries": len(entries), "officers": len(officers)},
    )
    return bundle, data


def _officer(officer: OfflineOfficer, index_key: bytes) -> made.Officer:
    return made.Officer(
        name=officer.username,
        full_name=officer.full_name,
        permissions=tuple(sorted(officer.permissions)),
        credential=officer.credential,
        index_key=officer.credential.seal(index_key),
    )
