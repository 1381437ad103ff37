"""Who came while equipment served: the hours of the ledger of crossings, for the availability by travellers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gatehouse.border.api import Channel, HourlyCrossings, crossings_per_hour
from gatehouse.monitoring.api import AssetClass
from gatehouse.monitoring.domain.demand import Demand
from gatehouse.monitoring.domain.period import microseconds
from gatehouse.platform.actors import Actor
from gatehouse.web.clock import CLOCK

#: Whose travellers a class of equipment serves. Desks and mobile workstations are told apart by no crossing.
CHANNELS = {AssetClass.E_GATE: Channel.EGATE, AssetClass.WORKSTATION: Channel.DESK}


def hours_of(asset_class: AssetClass, days: tuple[date, date], reader: Actor) -> HourlyCrossings | None:
    """None where nobody can say who came to this class, or this person may not read figures."""
    channel = CHANNELS.get(asset_class)
    if channel is None or not reader.may("figures.read"):
        return None
    return crossings_per_hour(channel, days, clock=CLOCK, reader=reader)


def demand_of(hours: HourlyCrossings | None) -> Mapping[str, list[Demand]] | None:
    """By site; None where a month of the period was not counted by the hour: a part would pass for the whole."""
    if hours is None or hours.not_counted:
        return None
    return {
        port: [
            Demand(microseconds(each.start) // 1000, microseconds(each.end) // 1000, each.travellers)
            for each in counted
        ]
        for port, counted in hours.by_port.items()
    }
