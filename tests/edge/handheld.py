"""A handheld with its bundle, its station and its ledger, and the way to the centre through the machine API."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from django.test import Client
from tests.border.desk import SUPERVISOR, TW, passport
from tests.device.made import CENTRE, DEVICE, PASSPHRASE, accepted, clock, credential

from gatehouse.border.api import LedgerView, bundle_issue, device_ledgers
from gatehouse.border.models import DeviceEvent
from gatehouse.device.bundle import TrustLists
from gatehouse.device.delivery import Delivery
from gatehouse.device.examination import DocumentReading
from gatehouse.device.ledger import Ledger, Outbox
from gatehouse.device.words import Direction
from gatehouse.kernel.clock import FixedClock
from gatehouse.platform.actors import Actor
from gatehouse.platform.models import OfflineCredential
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import device_register, user_create
from gatehouse.workstations.mobile.station import LocalInspection, Station

ISSUER = Actor.system("operator")


def officers() -> None:
    """chen of the first line and lin of the second, each with a passphrase for devices; wu has none."""
    for name, role in (("chen", Role.INSPECTOR), ("lin", Role.SECOND_LINE), ("wu", Role.SUPERVISOR)):
        user = user_create(username=name, password="x", roles=[role], port="TPE")
        if name in PASSPHRASE:
            kept = credential(name).model_dump(mode="json")
            OfflineCredential.objects.create(user=user, credential=kept, set_at=clock().now())


def through_django(request: httpx.Request) -> httpx.Response:
    """The centre's answer, in this process and this transaction."""
    answer = Client().post(
        request.url.path,
        request.content,
        content_type="application/json",
        headers={"Authorization": request.headers["Authorization"]},
    )
    return httpx.Response(answer.status_code, content=answer.content)


@dataclass
class Handheld:
    folder: Path
    clock: FixedClock = field(default_factory=clock)
    answer: Any = through_django

    def __post_init__(self) -> None:
        officers()
        self.token = device_register(name=DEVICE, port="TPE")
        self.start()
        self.take_bundle()

    def start(self) -> None:
        self.ledger = Ledger(self.folder / "ledger.sqlite3", device=DEVICE, clock=self.clock)
        self.station = Station(ledger=self.ledger, lane=DEVICE, clock=self.clock)

    def take_bundle(self, hours: int = 72) -> None:
        _, data = bundle_issue(
            clock=self.clock, actor=ISSUER, device=DEVICE, hours=hours, lists=TrustLists(), key=CENTRE, profile=TW
        )
        self.station.take_bundle(data, accepted())

    def sign_on(self, name: str = "chen") -> None:
        self.station.sign_on(name, PASSPHRASE[name])

    def inspect(
        self, mrz: str | None = None, direction: Direction = Direction.ENTRY, **changes: Any
    ) -> LocalInspection:
        reading = DocumentReading(mrz=mrz or passport(), read_at=self.clock.now() - timedelta(seconds=3))
        return self.station.inspect(reading, direction=direction, conveyance="OCEAN 7", **changes)

    @property
    def delivery(self) -> Delivery:
        outbox = Outbox(self.ledger.file, device=DEVICE)
        client = httpx.Client(base_url="http://centre", transport=httpx.MockTransport(self.answer))
        return Delivery(outbox, client, self.token)

    def deliver(self) -> int:
        return self.delivery.drain()

    @property
    def seen_by_centre(self) -> LedgerView:
        [view] = device_ledgers(reader=SUPERVISOR_OF_LEDGERS, device=DEVICE)
        return view


SUPERVISOR_OF_LEDGERS = Actor(SUPERVISOR.kind, SUPERVISOR.name, frozenset({"border.read_ledgers"}))


def states() -> list[tuple[int, str, str]]:
    return list(DeviceEvent.objects.order_by("received_at", "sequence").values_list("sequence", "kind", "state"))
