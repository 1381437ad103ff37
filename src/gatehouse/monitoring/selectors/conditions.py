"""How the devices are now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gatehouse.kernel.clock import Clock
from gatehouse.monitoring.domain.assets import Asset, AssetClass, Status
from gatehouse.monitoring.domain.observations import silent_since, worst
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.models import Condition, Dependency
from gatehouse.monitoring.selectors.assets import assets_of
from gatehouse.platform.actors import Actor


@dataclass(frozen=True, slots=True)
class Word:
    """The last word of a source, as it counts now: past its due time it is unknown, whoever noticed."""

    source: str
    state: State
    since: datetime
    heard_at: datetime
    due_at: datetime
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DeviceCondition:
    """A device in service with what is said of it now. Nobody watches it: no words, and its state is unknown."""

    asset: Asset
    words: tuple[Word, ...]
    #: Tags of what it cannot serve without.
    needs: tuple[str, ...]

    @property
    def state(self) -> State:
        return worst(word.state for word in self.words)

    @property
    def since(self) -> datetime | None:
        """Since when the word that counts says so; None where nobody ever said anything."""
        return min((word.since for word in self.words if word.state is self.state), default=None)


def conditions_of(
    *, clock: Clock, reader: Actor, asset_class: AssetClass | None = None, site: str | None = None
) -> list[DeviceCondition]:
    """The condition of each device that is in service today, by tag. Raises `ForbiddenError`."""
    now = clock.now()
    assets = {asset.tag: asset for asset in assets_of(reader=reader, asset_class=asset_class, site=site)}
    words: dict[str, list[Word]] = {}
    for row in Condition.objects.filter(asset__tag__in=assets).select_related("asset").order_by("source"):
        words.setdefault(row.asset.tag, []).append(_word(row, now))
    needs: dict[str, list[str]] = {}
    found = Dependency.objects.filter(asset__tag__in=assets).order_by("needs__tag")
    for tag, needed in found.values_list("asset__tag", "needs__tag"):
        needs.setdefault(tag, []).append(needed)
    return [
        DeviceCondition(asset, tuple(words.get(tag, ())), tuple(needs.get(tag, ())))
        for tag, asset in assets.items()
        if asset.on(now.date()) is Status.IN_SERVICE
    ]


def _word(row: Condition, now: datetime) -> Word:
    silent = row.due_at < now
    state = State.UNKNOWN if silent else State(row.state)
    since = silent_since(row.source, row.heard_at, row.due_at) if silent and row.state != State.UNKNOWN else row.since
    return Word(row.source, state, since, row.heard_at, row.due_at, row.detail)
