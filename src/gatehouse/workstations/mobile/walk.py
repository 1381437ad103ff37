"""The officer's way through a shift without the centre, line by line: what is typed, and what the device answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gatehouse.device.delivery import Delivered
from gatehouse.device.examination import DocumentReading
from gatehouse.device.ledger import Backlog
from gatehouse.device.words import Capacity, DecisionKind, Direction
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import GatehouseError, RefusedError, UnreadableError
from gatehouse.workstations.mobile.station import LocalInspection, Station

HELP = """\
sign on NAME               then your passphrase; sign off ends it
entry | exit | transit     which way people go; at first entry
conveyance NAME            the ship, train or flight; crew | passenger says who comes next
read                       the next document on the reader
type                       a zone by hand: its lines, then an empty one
accompanied                before read or type: an adult accompanies this child
admit | release | refer | hold | refuse [REASON]
confirm NAME [REASON]      a second officer confirms the refusal here; decline NAME REASON declines it
void REASON                the passage that was recorded last did not take place
bundle                     take the newest bundle; status says how old the lists are and what waits
deliver                    send what waits to the centre
quit"""


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` for a person, `facts` for a machine; `is_refusal` where nothing was done."""

    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_refusal: bool = False
    is_end: bool = False


@dataclass
class Walk:
    """`ask` gives the next line that the officer types, `secret` one that is not shown; both None at the end."""

    station: Station
    clock: Clock
    ask: Callable[[], Awaitable[str | None]]
    secret: Callable[[str], Awaitable[str | None]]
    next_document: Callable[[], Awaitable[DocumentReading]]
    take_bundle: Callable[[], None]
    backlog: Callable[[], Backlog]
    deliver: Callable[[], Awaitable[Delivered]]
    direction: Direction = Direction.ENTRY
    capacity: Capacity = Capacity.PASSENGER
    conveyance: str = ""
    accompanied: bool = False

    async def obey(self, line: str) -> Answer:
        """The answer to one line. It raises nothing that is anticipated: what is refused is said."""
        word, _, rest = line.strip().partition(" ")
        try:
            return await self._obey(word, rest.strip())
        except GatehouseError as error:
            return Answer(f"! {error}", {"refused": str(error)}, is_refusal=True)

    async def _obey(self, word: str, rest: str) -> Answer:
        if word == "sign":
            return await self._sign(rest)
        if word in set(Direction) | set(Capacity) | {"conveyance", "accompanied"}:
            return self._set(word, rest)
        if word in ("read", "type"):
            return self._inspect(await (self.next_document() if word == "read" else self._typed()))
        if word in set(DecisionKind):
            return self._shown(self.station.decide(DecisionKind(word), reason=rest))
        if word in ("confirm", "decline"):
            return await self._answer(word == "confirm", rest)
        return await self._beside(word, rest)

    async def _beside(self, word: str, rest: str) -> Answer:
        if word == "void":
            self.station.void(reason=rest)
            return Answer("The passage is marked: it did not take place.", {"voided": True})
        if word == "bundle":
            self.take_bundle()
            return self.status()
        if word == "status":
            return self.status()
        if word == "deliver":
            done = await self.deliver()
            return Answer(f"Delivered {done.sent}; {done.waiting} wait.", {"sent": done.sent, "waiting": done.waiting})
        if word == "quit":
            self.station.sign_off()
            return Answer("Signed off.", {"end": True}, is_end=True)
        return Answer(HELP, {"help": HELP})

    def status(self) -> Answer:
        """How old the lists are, when they end, and what waits for the centre."""
        waiting = self.backlog()
        facts: dict[str, Any] = {
            "waiting": waiting.count,
            "waiting_since": waiting.since.isoformat() if waiting.since else None,
        }
        try:
            bundle = self.station.bundle
        except RefusedError as error:
            facts |= {"bundle": None, "refused": str(error)}
            return Answer(f"! {error}. {waiting.count} events wait for the centre.", facts, is_refusal=True)
        hours = self.station.age.total_seconds() / 3600
        facts |= {
            "bundle": bundle.serial,
            "age_hours": round(hours, 1),
            "expires": bundle.expires.isoformat(),
            "officers": [officer.name for officer in bundle.roster],
            "last_passage": str(self.station.last_passage[0]) if self.station.last_passage else None,
        }
        text = (
            f"Bundle {bundle.serial}: the lists are {hours:.1f} hours old, good until "
            f"{bundle.expires.isoformat(timespec='minutes')}. {waiting.count} events wait for the centre."
        )
        return Answer(text, facts)

    async def _sign(self, rest: str) -> Answer:
        word, _, name = rest.partition(" ")
        if word == "off":
            self.station.sign_off()
            return Answer("Signed off.", {"signed_on": None})
        if word != "on" or not name:
            raise UnreadableError("sign on NAME, or sign off")
        officer = self.station.sign_on(name, await self._passphrase(name))
        return Answer(f"{officer.officer.full_name or name} is signed on.", {"signed_on": name})

    async def _passphrase(self, name: str) -> str:
        given = await self.secret(f"Passphrase of {name}: ")
        if given is None:
            raise UnreadableError("no passphrase was given")
        return given

    def _set(self, word: str, rest: str) -> Answer:
        if word == "conveyance":
            self.conveyance = rest
        elif word == "accompanied":
            self.accompanied = True
        elif word in set(Direction):
            self.direction = Direction(word)
        else:
            self.capacity = Capacity(word)
        facts = {
            "direction": self.direction.value,
            "capacity": self.capacity.value,
            "conveyance": self.conveyance,
            "accompanied": self.accompanied,
        }
        return Answer(", ".join(str(value) for value in facts.values() if value and value is not True), facts)

    async def _typed(self) -> DocumentReading:
        lines: list[str] = []
        while line := (await self.ask() or "").strip():
            lines.append(line)
        return DocumentReading(mrz="\n".join(lines), read_at=self.clock.now())

    def _inspect(self, reading: DocumentReading) -> Answer:
        found = self.station.inspect(
            reading,
            direction=self.direction,
            capacity=self.capacity,
            conveyance=self.conveyance,
            accompanied=self.accompanied,
        )
        self.accompanied = False
        return self._shown(found)

    async def _answer(self, confirmed: bool, rest: str) -> Answer:
        name, _, reason = rest.partition(" ")
        if not name:
            raise UnreadableError("confirm NAME, or decline NAME REASON")
        secret = await self._passphrase(name)
        return self._shown(self.station.confirm(name, secret, confirmed=confirmed, reason=reason))

    def _shown(self, found: LocalInspection) -> Answer:
        assessment = found.assessment
        checks = [f"{check.id:<24} {check.result.value:<13} {check.reason}" for check in assessment.checks]
        why = [f"  {reason}" for reason in assessment.proposal.reasons]
        listed = [{"entry": str(hit.entry), "kind": hit.kind.value, "matched": hit.matched.value} for hit in found.hits]
        hits = [f"  list: {hit.kind.value}: {hit.reason} ({hit.basis})" for hit in found.hits]
        last = assessment.last_permitted_day
        stay = [f"  may stay until {last.isoformat()}"] if last else []
        open_ = ", ".join(found.decidable) or "none"
        lines = [
            f"Document {found.document.value}",
            *checks,
            f"Proposed: {assessment.proposal.kind.value}",
            *why,
            *hits,
            *stay,
            f"{found.state.value}; decisions: {open_}",
        ]
        facts = {
            "inspection": str(found.id),
            "state": found.state.value,
            "document": found.document.value,
            "checks": {check.id: check.result.value for check in assessment.checks},
            "proposed": assessment.proposal.kind.value,
            "reasons": [str(reason) for reason in assessment.proposal.reasons],
            "hits": listed,
            "last_permitted_day": last.isoformat() if last else None,
            "decisions": list(found.decidable),
        }
        return Answer("\n".join(lines), facts)
