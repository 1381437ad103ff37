"""Recording assets and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, NotFoundError, RefusedError
from gatehouse.monitoring import models
from gatehouse.monitoring.domain.assets import Asset, Since, Status, require_history
from gatehouse.monitoring.selectors.assets import assets_on_record
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import lock_for_transaction, share_for_transaction
from gatehouse.platform.ports import ports

#: Who records shares this name; who publishes a month locks it, so that a month is published between two records.
LEDGER = "monitoring.ledger"
_REGISTER = "monitoring.register"
_FACTS = ("tag", "asset_class", "generation", "site", "hall", "plan", "source", "reconstructed")


@transaction.atomic
def assets_record(*, clock: Clock, actor: Actor, assets: Iterable[Asset]) -> int:
    """Record assets with their history; gives how many assets and statuses were new.

    The same again changes nothing, and a longer history adds what is new of it. Raises `ForbiddenError`; `RefusedError`
    for a site that is none, a history out of order, or a replaced asset that is not known; `ConflictError` where other
    facts or another history are on record. Each names the asset, and nothing is stored then.
    """
    actor.require("monitoring.record")
    share_for_transaction(LEDGER)
    lock_for_transaction(_REGISTER)
    known = assets_on_record()
    new: dict[str, Asset] = {}
    statuses: list[tuple[str, Asset, Since]] = []
    for asset in assets:
        _require_sound(asset, known.keys() | new.keys())
        before = known.get(asset.tag) or new.get(asset.tag)
        if before is None:
            new[asset.tag] = asset
        _require_same(asset, before)
        statuses += [(asset.tag, asset, since) for since in asset.history[len(before.history) if before else 0 :]]
        known[asset.tag] = asset
    if new or statuses:
        _store(clock, actor, list(new.values()), statuses)
        detail = {"assets": len(new), "statuses": len(statuses), "first": statuses[0][0]}
        leaf_append(clock=clock, actor=str(actor), action="monitoring.assets_record", detail=detail)
    return len(new) + len(statuses)


@transaction.atomic
def asset_status_record(*, clock: Clock, actor: Actor, tag: str, status: Status, day: date, source: str) -> None:
    """Record what became of an asset on a day.

    Raises `ForbiddenError`, `NotFoundError`; `RefusedError` where the status cannot follow the one before, or the day
    lies ahead.
    """
    actor.require("monitoring.record")
    share_for_transaction(LEDGER)
    lock_for_transaction(_REGISTER)
    asset = assets_on_record([tag]).get(tag)
    if asset is None:
        raise NotFoundError("there is no asset %(tag)s", tag=tag)
    if day > clock.now().date():
        raise RefusedError("a status is recorded once it is so")
    since = Since(status, day)
    require_history((*asset.history, since))
    row = models.Asset.objects.get(tag=tag)
    models.AssetStatus.objects.create(
        asset=row, status=status, since=day, source=source, recorded_by=str(actor), recorded_at=clock.now()
    )
    detail = {"asset": tag, "status": status.value, "since": day.isoformat()}
    leaf_append(clock=clock, actor=str(actor), action="monitoring.asset_status_record", site=asset.site, detail=detail)


def _require_sound(asset: Asset, known: Iterable[str]) -> None:
    if asset.site not in ports():
        raise RefusedError("%(tag)s: there is no port %(site)s", tag=asset.tag, site=asset.site)
    if asset.replaces and asset.replaces not in known:
        raise RefusedError("%(tag)s: there is no asset %(replaced)s", tag=asset.tag, replaced=asset.replaces)
    try:
        require_history(asset.history)
    except RefusedError as error:
        raise RefusedError("%(tag)s: %(cause)s", tag=asset.tag, cause=error.reason) from error


def _require_same(asset: Asset, before: Asset | None) -> None:
    if before is None:
        return
    shorter = min(len(asset.history), len(before.history))
    said, known = (replace(each, history=each.history[:shorter]) for each in (asset, before))
    if said != known:
        raise ConflictError("%(tag)s is on record with other facts", tag=asset.tag)


def _store(clock: Clock, actor: Actor, new: list[Asset], statuses: list[tuple[str, Asset, Since]]) -> None:
    common = {"recorded_by": str(actor), "recorded_at": clock.now()}
    ids = dict(models.Asset.objects.filter(tag__in=[asset.replaces for asset in new]).values_list("tag", "id"))
    made = []
    for asset in new:
        facts = {name: getattr(asset, name) for name in _FACTS}
        row = models.Asset(**facts, replaces_id=ids[asset.replaces] if asset.replaces else None, **common)
        ids[asset.tag] = row.id
        made.append(row)
    models.Asset.objects.bulk_create(made)
    ids |= models.Asset.objects.filter(tag__in=[tag for tag, _, _ in statuses]).values_list("tag", "id")
    models.AssetStatus.objects.bulk_create(
        models.AssetStatus(asset_id=ids[tag], status=since.status, since=since.day, source=asset.source, **common)
        for tag, asset, since in statuses
    )
