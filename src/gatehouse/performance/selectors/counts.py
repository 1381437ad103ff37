"""Counts of equipment and enrolments in a year, from the register of assets and the monthly tallies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from gatehouse.border.api import EnrolmentPlace, MonthEnrolments, enrolments_of
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.figure import Computed, Figure, digest_of
from gatehouse.kernel.results import Reason
from gatehouse.monitoring.api import Asset, assets_of
from gatehouse.performance.domain.book import Entry, RecordLine, reconstruction
from gatehouse.performance.domain.counts import AssetCount, CountDefinition
from gatehouse.performance.domain.years import period_of
from gatehouse.performance.selectors.measuring import HOUSE, Period
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import profile

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class _Found:
    value: int
    rows: list[dict[str, Any]]
    reconstructed: int
    lines: tuple[RecordLine, ...]


def count_entries(year: int, *, clock: Clock, reader: Actor) -> list[Entry]:
    """The book's entries of every count that the profile defines."""
    reader.require("performance.read")
    agency = profile().agency
    period = period_of(year, agency.calendar)
    assets = assets_of(reader=HOUSE)
    found = []
    for definition in profile().read("performance/counts.yaml", tuple[CountDefinition, ...]):
        counted = _count(definition, assets, period)
        common: dict[str, Any] = {"id": definition.id, "name": definition.name, "definition": definition.definition}
        if counted is None:
            found.append(Entry(**common, figure=None, missing=Reason("nothing of the kind is on record")))
            continue
        digest, records = digest_of(counted.rows)
        evidence = Computed(
            definition=definition.definition[agency.languages[-1]],
            version=definition.version,
            query=_plain(definition),
            period=period,
            as_of=clock.now(),
            digest=digest,
            records=records,
        )
        figure = Figure(definition.id, counted.value, definition.unit, {"year": str(year)}, evidence)
        notes = reconstruction(counted.reconstructed, records)
        found.append(Entry(**common, figure=figure, records=counted.lines, notes=notes))
    return found


def _count(definition: CountDefinition, assets: Iterable[Asset], period: Period) -> _Found | None:
    """None where there is no record of the kind at all: then 0 would say more than is known."""
    count = definition.count
    if isinstance(count, AssetCount):
        if not any(asset.asset_class is count.asset_class for asset in assets):
            return None
        found = count.found(assets, period)
        return _Found(
            count.value(found),
            list(map(_asset, found)),
            sum(each.reconstructed for each in found),
            tuple(map(_asset_line, found[:_SHOWN])),
        )
    tallies = enrolments_of(EnrolmentPlace(count.place), period[1], reader=HOUSE)
    if not tallies:
        return None
    return _Found(
        value=sum(each.count for each in tallies),
        rows=list(map(asdict, tallies)),
        reconstructed=sum(each.reconstructed for each in tallies),
        lines=tuple(map(_tally_line, tallies[:_SHOWN])),
    )


def _asset(asset: Asset) -> dict[str, Any]:
    history = [f"{since.status.value} {since.day.isoformat()}" for since in asset.history]
    return {
        "tag": asset.tag,
        "class": asset.asset_class,
        "generation": asset.generation,
        "site": asset.site,
        "plan": asset.plan,
        "replaces": asset.replaces,
        "history": history,
    }


def _asset_line(asset: Asset) -> RecordLine:
    history = ", ".join(f"{since.status.value} {since.day.isoformat()}" for since in asset.history)
    return RecordLine(asset.tag, _same(f"{asset.tag} {asset.site} {asset.hall}".strip()), history, asset.source)


def _tally_line(tally: MonthEnrolments) -> RecordLine:
    month = tally.month.isoformat()[:7]
    return RecordLine(f"{month}/{tally.port}", _same(f"{month} {tally.port}"), str(tally.count), tally.source)


def _same(text: str) -> dict[str, str]:
    """Tags, codes and months, which every language writes alike."""
    return dict.fromkeys(profile().agency.languages, text)


def _plain(definition: CountDefinition) -> Mapping[str, Any]:
    asked = definition.count.model_dump(mode="json", exclude_none=True)
    return {name: sorted(value) if isinstance(value, list) else value for name, value in asked.items()}
