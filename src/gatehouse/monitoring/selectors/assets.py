"""Reading the register of assets."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from gatehouse.monitoring import models
from gatehouse.monitoring.domain.assets import Asset, AssetClass, Since, Status
from gatehouse.platform.actors import Actor


def assets_of(
    *, reader: Actor, asset_class: AssetClass | None = None, site: str | None = None, plan: str | None = None
) -> list[Asset]:
    """The assets of a class, a site, a plan, by tag, each with its whole history. Raises `ForbiddenError`."""
    reader.require("monitoring.read")
    asked = {"asset_class": asset_class, "site": site, "plan": plan}
    found = models.Asset.objects.filter(**{name: value for name, value in asked.items() if value is not None})
    return list(_read(found).values())


def assets_on_record(tags: Collection[str] | None = None) -> dict[str, Asset]:
    """For this room, which asked for the permission: all assets, or those with these tags, by tag."""
    every = models.Asset.objects.all()
    return _read(every if tags is None else every.filter(tag__in=tags))


def _read(found: QuerySet[models.Asset]) -> dict[str, Asset]:
    statuses = models.AssetStatus.objects.filter(asset__in=found).order_by("since", "id")
    histories: dict[object, list[Since]] = {}
    for asset, status, since in statuses.values_list("asset_id", "status", "since"):
        histories.setdefault(asset, []).append(Since(Status(status), since))
    return {
        row.tag: Asset(
            tag=row.tag,
            asset_class=AssetClass(row.asset_class),
            generation=row.generation,
            site=row.site,
            hall=row.hall,
            plan=row.plan,
            replaces=row.replaces.tag if row.replaces else "",
            source=row.source,
            reconstructed=row.reconstructed,
            history=tuple(histories.get(row.id, ())),
        )
        for row in found.select_related("replaces").order_by("tag")
    }
