"""The e-Gates of the demo's day: two lanes with their own programs and ledgers, delivered as any lane delivers."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from gatehouse.border.api import device_events_take, device_ledgers
from gatehouse.device.ledger import Outbox
from gatehouse.device.words import Direction
from gatehouse.kernel.clock import SystemClock
from gatehouse.monitoring.api import Asset, AssetClass, Since, Status, assets_record
from gatehouse.platform.actors import Actor
from gatehouse.platform.services import device_register, device_revoke
from gatehouse.platform.trust import trusted
from gatehouse.simulation.lane_day import LaneDay, lane_day
from gatehouse.simulation.setting import Setting

_HOUSE = Actor.system("demo")
_EACH, _BATCH = 20, 200
#: One of the two has no power for so long in the night.
_OUTAGE = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class GatesDay:
    lanes: tuple[str, ...]
    travellers: int
    #: How many left by the exit; the rest were sent to a desk or handed over.
    through: int
    #: Events that the centre has of the lanes' ledgers, and those that it could not record.
    events: int
    set_aside: int


def gates_day(setting: Setting) -> GatesDay:
    """Let people pass the gates of the day. Each gate stands there for this day alone."""
    seed = setting.seed * 1_000 + setting.run * 2
    plans = [
        LaneDay(f"DEMO-E{setting.run:03d}", setting.port, setting.on, Direction.ENTRY, _EACH, seed),
        LaneDay(f"DEMO-X{setting.run:03d}", setting.port, setting.on, Direction.EXIT, _EACH, seed + 1, lasts=_OUTAGE),
    ]
    through = sum(_passed(plan, setting) for plan in plans)
    ledgers = [ledger for plan in plans for ledger in device_ledgers(reader=_HOUSE, device=plan.lane)]
    return GatesDay(
        lanes=tuple(plan.lane for plan in plans),
        travellers=_EACH * len(plans),
        through=through,
        events=sum(ledger.received for ledger in ledgers),
        set_aside=sum(len(ledger.set_aside) for ledger in ledgers),
    )


def _passed(plan: LaneDay, setting: Setting) -> int:
    there = (Since(Status.IN_SERVICE, plan.on), Since(Status.REMOVED, plan.on + timedelta(days=1)))
    asset = Asset(plan.lane, AssetClass.E_GATE, plan.port, there, source="gatehouse demo", generation=4)
    assets_record(clock=SystemClock(), actor=_HOUSE, assets=[asset])
    device_register(name=plan.lane, port=plan.port)
    try:
        with TemporaryDirectory() as folder:
            file = Path(folder, "lane.sqlite3")
            through = lane_day(plan, file, setting.profile)
            _deliver(plan, file)
    finally:
        device_revoke(clock=SystemClock(), name=plan.lane)
    return through


def _deliver(plan: LaneDay, file: Path) -> None:
    """What the machine API does with each batch, without the way there."""
    with closing(Outbox(file, device=plan.lane)) as outbox:
        _deliver_all(plan, outbox)


def _deliver_all(plan: LaneDay, outbox: Outbox) -> None:
    while events := outbox.waiting(most=_BATCH, largest=1 << 20):
        taken = device_events_take(
            clock=SystemClock(),
            device=Actor.device(plan.lane),
            port=plan.port,
            events=events,
            oldest=outbox.oldest,
            newest=outbox.newest,
            waiting_since=outbox.backlog.since,
            trusted=trusted(),
        )
        outbox.acknowledge(taken.acknowledged)
