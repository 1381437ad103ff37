"""The program on a handheld: its readers, station and ledger, and the officer's lines."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gatehouse import __version__
from gatehouse.device.delivery import Delivered, Delivery
from gatehouse.device.identity import IdentitySettings, connected
from gatehouse.device.ledger import Ledger, Outbox
from gatehouse.documents.chip.reading import ReadingPolicy, attempt
from gatehouse.kernel.clock import Clock, SystemClock
from gatehouse.kernel.errors import UnreadableError
from gatehouse.workstations.desk import Desk
from gatehouse.workstations.mobile.documents import Documents
from gatehouse.workstations.mobile.settings import Mobile, accepted
from gatehouse.workstations.mobile.station import Station
from gatehouse.workstations.mobile.walk import Answer, Walk
from gatehouse.workstations.pairing import Pairing
from gatehouse.workstations.registry import Factory, drivers
from gatehouse.workstations.settings import Settings
from gatehouse.workstations.telemetry import Spool

AGENT = f"gatehouse-mobile/{__version__}"
#: How long `read` waits for a document.
_DOCUMENT_S = 120.0


@dataclass(frozen=True, slots=True)
class Lines:
    """How the program and the officer speak: the next line, one that is not shown, and an answer."""

    ask: Callable[[], Awaitable[str | None]]
    secret: Callable[[str], Awaitable[str | None]]
    say: Callable[[Answer], None]


def mobile_settings(settings: Settings) -> Mobile:
    """Raises `UnreadableError` where the settings are of a fixed desk."""
    if settings.mobile is None:
        raise UnreadableError("the settings have no section [mobile]: its centre, centre_key, bundle and ledger")
    return settings.mobile


async def run(settings: Settings, lines: Lines, *, given: Mapping[str, Factory], clock: Clock) -> None:
    """Work until the officer quits, or no line comes any more.

    Raises `UnreadableError` for settings, a ledger or a registration that cannot be used. A bundle that cannot be used
    is said, and a newer one can be taken.
    """
    mobile, pairing = mobile_settings(settings), Pairing.load(settings.pairing)
    with Ledger(mobile.ledger, device=pairing.desk, clock=clock) as ledger:
        async with AsyncExitStack() as stack:
            outbox = Outbox(mobile.ledger, device=pairing.desk)
            stack.callback(outbox.close)
            documents = Documents(clock)
            await stack.enter_async_context(_Readers(settings, pairing, documents, given, clock))
            station = Station(ledger=ledger, lane=pairing.desk, clock=clock)
            walk = Walk(
                station=station,
                clock=clock,
                ask=lines.ask,
                secret=lines.secret,
                next_document=partial(documents.next, longest_s=_DOCUMENT_S),
                take_bundle=lambda: take_bundle(station, mobile, pairing.desk),
                backlog=lambda: outbox.backlog,
                deliver=lambda: asyncio.to_thread(deliver, mobile, pairing, settings.identity),
            )
            lines.say(await walk.obey("bundle"))
            while (line := await lines.ask()) is not None:
                answer = await walk.obey(line)
                lines.say(answer)
                if answer.is_end:
                    return
            station.sign_off()


def take_bundle(station: Station, mobile: Mobile, device: str) -> None:
    """Raises `UnreadableError` where there is no such file, and as `Station.take_bundle`."""
    station.take_bundle(read_file(mobile.bundle), accepted(mobile, device))


def read_file(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=str(file), cause=error.strerror) from error


def deliver(mobile: Mobile, pairing: Pairing, identity: IdentitySettings | None) -> Delivered:
    """Send all that waits, and forget what is old. Raises as `Delivery.deliver_once`."""
    outbox = Outbox(mobile.ledger, device=pairing.desk)
    try:
        with connected(
            mobile.centre, identity, device=pairing.desk, token=pairing.token, clock=SystemClock()
        ) as client:
            sent = Delivery(outbox, client, pairing.token).drain()
        return Delivered(sent, outbox.backlog.count)
    finally:
        outbox.close()


class _Readers:
    """The devices of the settings, followed while the program runs."""

    def __init__(
        self,
        settings: Settings,
        pairing: Pairing,
        documents: Documents,
        given: Mapping[str, Factory],
        clock: Clock,
    ) -> None:
        reading = settings.reading
        policy = ReadingPolicy(
            files=reading.files, bac_after_failed_pace=reading.bac_after_failed_pace, seconds=reading.longest_s
        )
        self._desk = Desk(
            name=pairing.desk,
            agent=AGENT,
            drivers=tuple(drivers(settings.drivers, given)),
            read_chip=partial(attempt, policy=policy),
            reading=reading,
            spool=Spool(settings.telemetry.spool, most_bytes=settings.telemetry.spool_kib * 1024),
            clock=clock,
            publish=documents.hear,
        )
        documents.desk = self._desk
        self._following: asyncio.Task[None] | None = None

    async def __aenter__(self) -> None:
        self._following = asyncio.create_task(self._desk.run())

    async def __aexit__(self, *_: object) -> None:
        if self._following is not None:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following
