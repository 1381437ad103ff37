"""What a profile says to the border: its tables, read and validated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from gatehouse.border.domain.words import Finding
from gatehouse.device.proposals import ProposalRule
from gatehouse.device.tables import Settings, Tables, require_names
from gatehouse.kernel.errors import RefusedError, UnreadableError
from gatehouse.law.ban import BanRule
from gatehouse.law.capture import TABLE as CAPTURES
from gatehouse.law.capture import CaptureRule, CaptureTable
from gatehouse.law.hold import HoldRule
from gatehouse.law.stay import Exemption, StayRule
from gatehouse.platform.ports import Port
from gatehouse.platform.profile import Profile


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
        require_names(lane=lane, conveyance=conveyance)


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


def tables_of(rules: Rules) -> Tables:
    """What of these rules a desk takes along to work without the centre."""
    return Tables(
        state=rules.state,
        time_zone=rules.zone.key,
        ports=tuple(rules.ports),
        settings=rules.settings,
        exemptions=rules.exemptions,
        holds=rules.holds,
        proposals=rules.proposals,
    )


def _complete(proposals: tuple[ProposalRule, ...]) -> tuple[ProposalRule, ...]:
    """Raises `UnreadableError` where the table forgot a finding: a banned person would pass unseen."""
    forgotten = sorted(set(Finding) - {rule.finding for rule in proposals})
    if forgotten:
        raise UnreadableError("profile: proposals.yaml has no row for %(findings)s", findings=", ".join(forgotten))
    return proposals
