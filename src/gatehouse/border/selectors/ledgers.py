"""What is known of the ledgers of devices, and what is wrong with them."""

from __future__ import annotations

from django.db.models import Count, F, Min, Q, Sum

from gatehouse.border.domain.ledgers import EventState, Fork, Gap, LedgerCounts, LedgerView, Remarked, SetAside
from gatehouse.border.models import DeviceContact, DeviceEvent
from gatehouse.kernel.results import Reason
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import rows

#: The first event of each way on, where there is more than one: siblings, which follow the same event.
_FORKS = """
SELECT sequence, array_agg(received_at ORDER BY received_at)
  FROM border_deviceevent WHERE device = %s GROUP BY sequence, previous HAVING count(*) > 1 ORDER BY sequence
"""
#: What came directly before an event that was taken after a gap, along its own way or any.
_GAPS = """
SELECT e.sequence, COALESCE((SELECT max(b.sequence) FROM border_deviceevent b
                              WHERE b.device = e.device AND b.sequence < e.sequence
                                AND b.received_at <= e.received_at), 0)
  FROM border_deviceevent e WHERE e.device = %s AND e.after_gap ORDER BY e.sequence
"""
#: The ledgers that are not whole, as a number.
_NOT_WHOLE = """
SELECT count(*) FROM (
  SELECT device FROM border_deviceevent WHERE state = 'set aside' OR after_gap
  UNION
  SELECT device FROM border_deviceevent GROUP BY device, sequence, previous HAVING count(*) > 1
) AS broken
"""
_MOST = 100


def ledger_counts(*, reader: Actor) -> LedgerCounts:
    """All ledgers in numbers, in two queries however many there are. Raises `ForbiddenError`."""
    reader.require("border.read_ledgers")
    behind = Q(newest__gt=F("acknowledged"))
    found = DeviceContact.objects.aggregate(
        devices=Count("device"),
        waiting=Sum(F("newest") - F("acknowledged"), filter=behind),
        since=Min("waiting_since", filter=behind),
    )
    [(broken,)] = rows(_NOT_WHOLE, ())
    return LedgerCounts(found["devices"], broken, found["waiting"] or 0, found["since"])


def device_ledgers(*, reader: Actor, device: str | None = None) -> tuple[LedgerView, ...]:
    """The ledgers of one device, or of all that ever spoke; names no person. Raises `ForbiddenError`."""
    reader.require("border.read_ledgers")
    names = set(DeviceContact.objects.values_list("device", flat=True))
    wanted = sorted(names) if device is None else [device]
    return tuple(_ledger(name) for name in wanted)


def _ledger(device: str) -> LedgerView:
    contact = DeviceContact.objects.filter(device=device).first()
    events = DeviceEvent.objects.filter(device=device)
    aside = events.filter(state=EventState.SET_ASIDE).order_by("sequence")[:_MOST]
    remarked = events.exclude(remarks=[]).order_by("-sequence")[:_MOST]
    return LedgerView(
        device=device,
        last_contact=contact.at if contact else None,
        received=events.aggregate(count=Count("id"))["count"],
        waiting=max(0, contact.newest - contact.acknowledged) if contact else 0,
        waiting_since=contact.waiting_since if contact and contact.newest > contact.acknowledged else None,
        gaps=tuple(Gap(before + 1, sequence - 1) for sequence, before in rows(_GAPS, (device,))),
        forks=tuple(Fork(sequence, tuple(received)) for sequence, received in rows(_FORKS, (device,))),
        set_aside=tuple(
            SetAside(each.id, each.sequence, each.kind, Reason.from_dict(each.problem or {})) for each in aside
        ),
        remarked=tuple(
            Remarked(each.id, each.sequence, each.kind, tuple(map(Reason.from_dict, each.remarks))) for each in remarked
        ),
    )
