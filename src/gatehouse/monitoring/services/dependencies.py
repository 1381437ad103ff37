"""Recording which device cannot serve without which."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import RefusedError
from gatehouse.monitoring.models import Asset, Dependency
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import lock_for_transaction


@transaction.atomic
def dependencies_record(*, clock: Clock, actor: Actor, pairs: Iterable[tuple[str, str]]) -> int:
    """Record that the first of each pair of tags needs the second; gives how many were new.

    Raises `ForbiddenError`; `RefusedError` for an asset that is not registered, or a device that would need itself.
    """
    actor.require("monitoring.record")
    lock_for_transaction("monitoring.dependencies")
    asked = list(dict.fromkeys(pairs))
    ids = dict(Asset.objects.filter(tag__in={tag for pair in asked for tag in pair}).values_list("tag", "id"))
    needs: dict[str, set[str]] = {}
    for asset, needed in Dependency.objects.values_list("asset__tag", "needs__tag"):
        needs.setdefault(asset, set()).add(needed)
    new = []
    for tag, needed in asked:
        for each in (tag, needed):
            if each not in ids:
                raise RefusedError("there is no asset %(tag)s", tag=each)
        if needed in needs.get(tag, ()):
            continue
        if _reaches(needs, needed, tag):
            raise RefusedError("%(tag)s would need itself by way of %(needed)s", tag=tag, needed=needed)
        needs.setdefault(tag, set()).add(needed)
        new.append((tag, needed))
    common = {"recorded_by": str(actor), "recorded_at": clock.now()}
    Dependency.objects.bulk_create(Dependency(asset_id=ids[tag], needs_id=ids[needed], **common) for tag, needed in new)
    if new:
        detail = {"dependencies": len(new), "first": list(new[0])}
        leaf_append(clock=clock, actor=str(actor), action="monitoring.dependencies_record", detail=detail)
    return len(new)


def _reaches(needs: dict[str, set[str]], start: str, end: str) -> bool:
    """Whether `start` needs `end`, at whatever distance, or is it."""
    seen, coming = set(), [start]
    while coming:
        tag = coming.pop()
        if tag == end:
            return True
        if tag not in seen:
            seen.add(tag)
            coming += needs.get(tag, ())
    return False
