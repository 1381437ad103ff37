"""What the agency knows of a traveller before they come: permits, entries on lists, the entry of a stay that ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gatehouse.border.api import CrossingFacts, CrossingKey, Direction, crossing_record
from gatehouse.documents.mrz import Mrz, parse_mrz
from gatehouse.kernel.clock import Clock
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Profile
from gatehouse.simulation.nation import Irregularity, PermitPlan
from gatehouse.simulation.travellers import Traveller
from gatehouse.travellers.api import Holder, permit_register
from gatehouse.watchlist.api import ListKind, entry_add

_LANE = "simulated-lane"
_MONTH = timedelta(days=30)
_PERMIT_LASTS = timedelta(days=300)
#: Older than anybody who travels here.
_YEARS_AGO = 100

_LISTS = {
    Irregularity.LOST: ListKind.LOST_DOCUMENT,
    Irregularity.BANNED: ListKind.ENTRY_BAN,
    Irregularity.EXIT_BANNED: ListKind.EXIT_BAN,
    Irregularity.LOOKED_FOR: ListKind.LOOKOUT,
}


class Arrangements:
    """Made for one run. List entries end with its day, or `lists_last` later, so that nobody who comes on another day
    is taken for somebody of this one."""

    def __init__(
        self,
        profile: Profile,
        *,
        port: str,
        run: int,
        on: date,
        supervisor: Actor,
        lists_last: timedelta = timedelta(0),
    ) -> None:
        self._profile, self._port, self._run, self._on, self._supervisor = profile, port, run, on, supervisor
        self._until = on + lists_last
        self._zone = ZoneInfo(profile.agency.time_zone)

    def make(self, traveller: Traveller, mrz: str, clock: Clock) -> None:
        """Everything that is to be on record of this traveller."""
        zone = parse_mrz(mrz, on=self._on)
        if traveller.permit:
            self._permit(traveller, traveller.permit, zone, clock)
        if traveller.entered and traveller.last_permitted:
            self._entry(traveller, traveller.entered, traveller.last_permitted, mrz, clock)
        if traveller.irregularity in _LISTS:
            self._listed(traveller.irregularity, zone, clock)
        if traveller.namesake:
            self._namesake(zone, clock)

    def _permit(self, traveller: Traveller, permit: PermitPlan, zone: Mrz, clock: Clock) -> None:
        permit_register(
            clock=clock,
            holder=_holder(zone),
            number=f"SIM-{self._run}-{traveller.holder.seed:08d}",
            kind=permit.kind,
            valid_from=self._on - _MONTH,
            valid_until=self._on + _PERMIT_LASTS,
            stay_days=permit.days,
            entries_allowed=permit.entries,
        )

    def _entry(self, traveller: Traveller, entered: date, last_permitted: date, mrz: str, clock: Clock) -> None:
        facts = CrossingFacts(
            port=self._port,
            direction=Direction.ENTRY,
            crossed_at=datetime.combine(entered, time(12), self._zone),
            mrz=mrz,
            last_permitted_day=last_permitted,
        )
        key = CrossingKey(_LANE, boot_epoch=self._run, sequence=traveller.holder.seed)
        crossing_record(clock=clock, device=Actor.device(_LANE), key=key, crossing=facts, profile=self._profile)

    def _listed(self, irregularity: Irregularity, zone: Mrz, clock: Clock) -> None:
        whom: dict[str, Any] = {"issuer": zone.issuer, "number": zone.document_number}
        if irregularity is Irregularity.LOOKED_FOR:
            whom = {"surname": zone.surname, "given_names": zone.given_names, "birth_date": zone.birth_date}
        self._add(_LISTS[irregularity], clock, whom)

    def _namesake(self, zone: Mrz, clock: Clock) -> None:
        """Somebody of the same name and another birth date is barred from entry."""
        born = f"{self._on.year - _YEARS_AGO}-01-01"
        whom = {"surname": zone.surname, "given_names": zone.given_names, "birth_date": born}
        self._add(ListKind.ENTRY_BAN, clock, whom)

    def _add(self, kind: ListKind, clock: Clock, whom: Mapping[str, Any]) -> None:
        entry_add(
            clock=clock,
            actor=self._supervisor,
            kind=kind,
            authority="simulation",
            valid_from=self._on - _MONTH,
            valid_until=self._until,
            profile=self._profile,
            **whom,
        )


def _holder(zone: Mrz) -> Holder:
    return Holder(
        document_type=zone.document_code,
        issuer=zone.issuer,
        number=zone.document_number,
        expiry_date=zone.expiry_date,
        surname=zone.surname,
        given_names=zone.given_names,
        birth_date=zone.birth_date,
        sex=zone.sex,
        nationality=zone.nationality,
    )
