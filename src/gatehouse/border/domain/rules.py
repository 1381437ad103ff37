"""What a profile says to the border: its tables, read and validated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from gatehouse.border.domain.words import Capacity, DecisionKind, Direction, Finding
from gatehouse.kernel.errors import RefusedError, UnreadableError
from gatehouse.law.ban import BanRule
from gatehouse.law.capture import TABLE as CAPTURES
from gatehouse.law.capture import CaptureRule, CaptureTable
from gatehouse.law.dated import Personal
from gatehouse.law.hold import HoldRule
from gatehouse.law.stay import Exemption, StayRule
from gatehouse.platform.ports import Port
from gatehouse.platform.profile import Profile, Row

LONGEST_LANE = 32
LONGEST_CONVEYANCE = 16


class ProposalRule(Personal):
    """What a finding makes the house propose. `admit` only shows the reason."""

    finding: Finding
    kind: Literal[DecisionKind.ADMIT, DecisionKind.REFER, DecisionKind.REFUSE]
    person: Literal["national", "other"] | None = None
    direction: Direction | None = None
    capacity: Capacity | None = None

    def fits(self, *, national: bool, nationality: str, direction: Direction, capacity: Capacity) -> bool:
        return (
            self.person in {None, "national" if national else "other"}
            and self.direction in {None, direction}
            and self.capacity in {None, capacity}
            and self.concerns(nationality)
        )


class Settings(Row):
    """What no law table holds."""

    #: Below this age a traveller is asked for an accompanying adult.
    minor_below: int
    #: From this age somebody can be that adult.
    adult_from: int
    source: str


@dataclass(frozen=True)
class Rules:
    """The tables of one agency."""

    state: str
    zone: ZoneInfo
    ports: Mapping[str, Port]
    settings: Settings
    exemptions: tuple[Exemption, ...]
    stays: tuple[StayRule, ...]
    holds: tuple[HoldRule, ...]
    bans: tuple[BanRule, ...]
    proposals: tuple[ProposalRule, ...]
    captures: tuple[CaptureRule, ...]

    def day(self, moment: datetime) -> date:
        """The day at the border of a moment in UTC."""
        return moment.astimezone(self.zone).date()

    def require_place(self, *, port: str, lane: str, conveyance: str) -> None:
        """Raises `RefusedError` where this agency has no such port, or lane or flight are named as none is."""
        if port not in self.ports:
            raise RefusedError("there is no port %(port)s", port=port)
        if not 0 < len(lane) <= LONGEST_LANE or len(conveyance) > LONGEST_CONVEYANCE:
            raise RefusedError(
                "a lane has 1 to %(lane)d characters, a flight or ship at most %(conveyance)d",
                lane=LONGEST_LANE,
                conveyance=LONGEST_CONVEYANCE,
            )


@cache
def rules_of(profile: Profile) -> Rules:
    """The rules of a profile, read once. Raises `UnreadableError` with the file and the place that is wrong."""
    agency = profile.agency
    return Rules(
        state=agency.state,
        zone=ZoneInfo(agency.time_zone),
        ports={port.code: port for port in profile.read("ports.yaml", tuple[Port, ...])},
        settings=profile.read("border.yaml", Settings),
        exemptions=profile.read("visa_exempt.yaml", tuple[Exemption, ...]),
        stays=profile.read("law/stays.yaml", tuple[StayRule, ...]),
        holds=profile.read("law/holds.yaml", tuple[HoldRule, ...]),
        bans=profile.read("law/entry_bans.yaml", tuple[BanRule, ...]),
        captures=profile.read(CAPTURES, CaptureTable).rules,
        proposals=_complete(profile.read("proposals.yaml", tuple[ProposalRule, ...])),
    )


def _complete(proposals: tuple[ProposalRule, ...]) -> tuple[ProposalRule, ...]:
    """Raises `UnreadableError` where the table forgot a finding: a banned person would pass unseen."""
    forgotten = sorted(set(Finding) - {rule.finding for rule in proposals})
    if forgotten:
        raise UnreadableError("profile: proposals.yaml has no row for %(findings)s", findings=", ".join(forgotten))
    return proposals
