"""Issuing what a lane takes along to work without the centre."""

from __future__ import annotations

from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.border.domain.rules import rules_of
from gatehouse.border.services.bundles import LONGEST_HOURS
from gatehouse.device import lane_lists as made
from gatehouse.device.bundle import TrustLists
from gatehouse.device.desk_ticket import desk_key
from gatehouse.device.signed_file import LARGEST
from gatehouse.device.watch_index import build, fresh_key
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.law.egate import TABLE, EgateTable
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile
from gatehouse.platform.selectors import device_by_name
from gatehouse.travellers.api import enrolment_key, lane_known
from gatehouse.watchlist.api import entries_between


@transaction.atomic
def lane_lists_issue(
    *,
    clock: Clock,
    actor: Actor,
    lane: str,
    hours: int,
    trust: TrustLists,
    key: Ed25519PrivateKey,
    profile: Profile | None = None,
) -> tuple[made.LaneLists, bytes]:
    """Rules, trust, lists and who is known, for one lane, and the signed file. Numbers rise with the time.

    Raises `ForbiddenError`; `NotFoundError` for a lane that is not registered; `RefusedError` for other hours than 1 to
    168, and where it would be too large.
    """
    actor.require("border.issue_bundles")
    if not 1 <= hours <= LONGEST_HOURS:
        raise RefusedError("lists are good for 1 to %(most)d hours", most=LONGEST_HOURS)
    known = device_by_name(lane)
    if known is None:
        raise NotFoundError("there is no device %(name)s", name=lane)
    agency = profile or settings_profile()
    rules, table = rules_of(agency), agency.read(TABLE, EgateTable)
    now = clock.now().replace(microsecond=0)
    until, serial, index_key = now + timedelta(hours=hours), int(now.timestamp()), fresh_key()
    on = rules.day(now)
    people = []
    for each in lane_known(on, residence_permits=table.residence_permits):
        status = table.status_of(each.nationality, rules.state, resides=each.resides)
        people.append((each.issuer, each.number, made.Known(status=status, enrolled=each.enrolled)))
    entries = entries_between(on, rules.day(until))
    lists = made.LaneLists(
        lane=lane,
        port=known.port,
        serial=serial,
        issued=now,
        expires=until,
        state=rules.state,
        time_zone=rules.zone.key,
        egate=table,
        trust=trust,
        watch_index=build(entries, index_key),
        known=made.known_of(index_key, people),
        index_key=made.seal_key(index_key, own=desk_key(known.token_digest), lane=lane, serial=serial),
        enrolment_key=enrolment_key(),
    )
    data = made.sign(lists, key)
    if len(data) > LARGEST:
        raise RefusedError("the lists of a lane have at most %(mib)d MiB", mib=LARGEST // 2**20)
    leaf_append(
        clock=clock,
        actor=str(actor),
        action="border.lane_lists_issue",
        site=known.port,
        detail={"lane": lane, "serial": serial, "entries": len(entries), "known": len(people)},
    )
    return lists, data
