"""How much of a period the halls and sites of a class of devices could serve: k of their n, and by who came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator

from gatehouse.monitoring.domain.assets import Asset, AssetClass
from gatehouse.monitoring.domain.availability import Account, Stretch, timelines
from gatehouse.monitoring.domain.demand import Demand, Served, served
from gatehouse.monitoring.domain.groups import account, group_timeline
from gatehouse.monitoring.domain.period import Period
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.selectors.availability import said_of
from gatehouse.monitoring.selectors.hours import within_hours
from gatehouse.monitoring.selectors.ledger import read_ledger
from gatehouse.monitoring.selectors.months import by_month
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Row, profile


class GroupShare(Row):
    """A row of `monitoring/groups.yaml`: which share of a hall's devices of a class has to serve."""

    asset_class: AssetClass
    share: Annotated[Fraction, BeforeValidator(Fraction)]
    source: str


@dataclass(frozen=True, slots=True)
class GroupAvailability:
    """A hall with its devices of a class over a period, with all that is on record now; `hall` "": of no hall."""

    site: str
    hall: str
    devices: tuple[str, ...]
    share: Fraction
    #: Of the hall as one: k of n.
    total: Account
    #: Of its devices, each by itself.
    of_devices: Account
    #: When too few could serve.
    down: tuple[Stretch, ...]
    #: By who came to the site; None where nobody counted them.
    travellers: Served | None


def groups_of(
    asset_class: AssetClass,
    period: tuple[date, date],
    *,
    reader: Actor,
    site: str | None = None,
    demand: Mapping[str, Sequence[Demand]] | None = None,
) -> list[GroupAvailability]:
    """The halls in which devices of a class were in service over days, first and last included, by site and hall.

    `demand` is who came to each site, by its code. Raises `ForbiddenError`; `RefusedError` where the demand reaches out
    of the period.
    """
    reader.require("monitoring.read")
    months = list(by_month(*period))
    whole = Period(months[0][1].start, months[-1][1].end)
    ledger = read_ledger(asset_class, whole, period, site)
    found: dict[str, list[Stretch]] = {}
    for tag, part in within_hours(
        timelines, said_of(ledger, whole, ledger.lines), list(ledger.devices.values()), whole
    ):
        found.setdefault(tag, []).extend(part)
    halls: dict[tuple[str, str], list[Asset]] = {}
    for asset in ledger.devices.values():
        halls.setdefault((asset.site, asset.hall), []).append(asset)
    share = group_share(asset_class)
    return [
        _group(place, [asset.tag for asset in assets], found, share, (demand or {}).get(place[0]))
        for place, assets in sorted(halls.items(), key=lambda each: each[0])
    ]


def group_share(asset_class: AssetClass) -> Fraction:
    """Which share of a hall's devices has to serve; a class that the profile does not name: all."""
    rows = profile().read("monitoring/groups.yaml", tuple[GroupShare, ...])
    return next((row.share for row in rows if row.asset_class is asset_class), Fraction(1))


def _group(
    place: tuple[str, str],
    tags: list[str],
    found: Mapping[str, list[Stretch]],
    share: Fraction,
    demand: Sequence[Demand] | None,
) -> GroupAvailability:
    lines = [found[tag] for tag in tags]
    timeline = group_timeline(lines, share)
    return GroupAvailability(
        site=place[0],
        hall=place[1],
        devices=tuple(tags),
        share=share,
        total=account(timeline),
        of_devices=Account.total(map(account, lines)),
        down=tuple(stretch for stretch in timeline if stretch.state is State.DOWN),
        travellers=None if demand is None else served(lines, demand),
    )
