"""Entering what was polled into the ledger of availability."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gatehouse.kernel.clock import Clock
from gatehouse.monitoring.api import Observation, assets_of, observations_record
from gatehouse.monitoring.polling.config import Polling
from gatehouse.monitoring.polling.sweep import Polled
from gatehouse.platform.actors import Actor

#: The source under which the ledger knows what was polled, and how many intervals a word of it holds.
SOURCE, _HOLDS = "snmp", 3


def record(polling: Polling, polled: Sequence[Polled], *, clock: Clock) -> list[str]:
    """Enter what was found; gives the devices that are not in the register, of which nothing is."""
    actor = Actor.system("monitor")
    known = {asset.tag for asset in assets_of(reader=actor)}
    holds = timedelta(seconds=_HOLDS * polling.interval_s)
    said = [
        Observation(each.device, each.state, SOURCE, each.at, holds, detail=each.detail)
        for each in polled
        if each.device in known
    ]
    observations_record(clock=clock, actor=actor, observations=said)
    return [each.device for each in polled if each.device not in known]
