"""Delivering a ledger to the centre: batches, each acknowledged by the highest sequence up to which all is recorded.

Nothing is taken from the ledger before the centre has it, and what is sent again is recorded once: whatever is killed
or cut, nothing is lost and nothing doubled.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import httpx
from pydantic import BaseModel, Field, ValidationError

from gatehouse.device.houses import House
from gatehouse.device.ledger.chain import Event
from gatehouse.device.ledger.outbox import Outbox
from gatehouse.kernel.errors import ForbiddenError, GatehouseError, RefusedError

ROUTE = "/edge/v1/events"
MOST_EVENTS = 200
#: Characters of the bodies of one batch.
LARGEST_BATCH = 1024 * 1024
#: How long to wait at most where the centre is busy; somewhere below it, so that devices take turns. A batch that is
#: refused was read first: of 38 lanes that asked again within 2 s the centre read some 38 in vain each second.
BUSY_S = 10.0
_TIMEOUT = httpx.Timeout(30, connect=5)


class UnreachableError(GatehouseError):
    """The centre did not answer, or answered that it cannot now. Try again later."""


class BusyCentreError(UnreachableError):
    """The centre takes other devices' backlogs first. Try again within some seconds (`BUSY_S`)."""


class Answer(BaseModel):
    """The centre's answer to a batch."""

    #: All up to here, along the chain that was sent, is recorded.
    acknowledged: Annotated[int, Field(ge=0)]
    #: What was sent does not join what is known: send from the oldest that is still held.
    missing: bool


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one batch did: how many events were sent, and how many still wait."""

    sent: int
    waiting: int


@dataclass
class Delivery:
    """`client` has the centre's address as `base_url`; `token` is that of `gatehouse device register`."""

    outbox: Outbox
    client: httpx.Client
    token: str

    def deliver_once(self) -> Delivered:
        """Send one batch, which may be empty: the centre then learns that the device lives and what waits.

        Raises `UnreachableError` where it is to be tried again, `ForbiddenError` where the centre does not know this
        device, `RefusedError` where it does not take what was sent, or is another house than the ledger's. The ledger
        is unchanged then.
        """
        self.outbox.require_house(House.of_token(self.token))
        events = self.outbox.waiting(most=MOST_EVENTS, largest=LARGEST_BATCH)
        answer = self._ask(events)
        if answer.missing:
            self.outbox.acknowledge(self.outbox.oldest - 1)
        elif events:
            self.outbox.acknowledge(min(answer.acknowledged, events[-1].sequence))
        return Delivered(len(events), self.outbox.backlog.count)

    def drain(self, *, told: Callable[[Delivered], None] = lambda _: None) -> int:
        """Send until nothing waits; gives how many events were sent. Raises as `deliver_once`."""
        sent = 0
        while True:
            done = self.deliver_once()
            sent += done.sent
            told(done)
            if not done.waiting:
                return sent

    def _ask(self, events: list[Event]) -> Answer:
        backlog = self.outbox.backlog
        batch = {
            "device": self.outbox.device,
            "oldest": self.outbox.oldest,
            "newest": self.outbox.newest,
            "waiting_since": backlog.since.isoformat() if backlog.since else None,
            "sent_at": datetime.now(UTC).isoformat(),
            "events": [_plain(event) for event in events],
        }
        return ask(self.client, self.token, ROUTE, batch, Answer)


Answered = TypeVar("Answered", bound=BaseModel)


def ask(client: httpx.Client, token: str, route: str, batch: dict[str, Any], answer: type[Answered]) -> Answered:
    """Send a batch to the centre. Raises as `Delivery.deliver_once`."""
    headers = {"Authorization": f"Bearer {token}"}
    try:
        response = client.post(route, json=batch, headers=headers, timeout=_TIMEOUT)
    except httpx.HTTPError as error:
        raise UnreachableError("the centre cannot be reached: %(cause)s", cause=_cause(error)) from error
    if response.status_code in (401, 403):
        raise ForbiddenError("the centre does not let this device in: %(said)s", said=_said(response))
    if response.status_code in (400, 404, 409, 413, 422):
        raise RefusedError("the centre does not take what was sent: %(said)s", said=_said(response))
    if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        raise BusyCentreError("the centre is busy: %(said)s", said=_said(response))
    if response.status_code != httpx.codes.OK:
        raise UnreachableError("the centre cannot answer now: %(status)d", status=response.status_code)
    try:
        return answer.model_validate_json(response.content)
    except ValidationError as error:
        raise UnreachableError("what answers at the centre's address is not the centre") from error


class Backoff:
    """How long to wait before the next attempt: twice as long after each failure, up to a minute, with full jitter, so
    that devices which lost the network together do not come back together."""

    def __init__(self, *, first_s: float = 0.5, longest_s: float = 60.0, chance: random.Random | None = None) -> None:
        self._first, self._longest = first_s, longest_s
        self._chance = chance or random.Random()  # noqa: S311 (spreads load, keeps no secret)
        self._failures = 0

    def failed(self) -> float:
        """Seconds to wait now."""
        self._failures += 1
        return self._chance.uniform(0, min(self._longest, self._first * 2 ** min(self._failures, 30)))

    def succeeded(self) -> None:
        self._failures = 0


def _plain(event: Event) -> dict[str, Any]:
    return {
        "boot_epoch": event.boot_epoch,
        "sequence": event.sequence,
        "at": event.at,
        "kind": event.kind,
        "body": event.body,
        "previous": event.previous,
        "hash": event.hash,
    }


def _said(response: httpx.Response) -> str:
    try:
        said = response.json()["error"]
    except (ValueError, KeyError, TypeError):
        said = response.reason_phrase
    return str(said)[:300]


def _cause(error: httpx.HTTPError) -> str:
    return str(error) or type(error).__name__
