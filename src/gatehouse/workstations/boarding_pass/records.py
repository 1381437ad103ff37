"""The elements of a boarding pass, under the names of IATA Resolution 792 attachment B."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Leg:
    """One flight. Texts are without their padding; what is blank or left out is empty or None."""

    pnr: str
    from_airport: str
    to_airport: str
    operating_carrier: str
    flight_number: str
    #: The day of the year as it is coded; None where it is blank.
    day_of_year: int | None
    #: That day in the year that lies nearest to the given one; None where it is blank or is no day of any such year.
    flight_date: date | None
    compartment: str
    seat: str
    check_in_sequence: str
    passenger_status: str
    # Conditional items.
    airline_numeric_code: str = ""
    document_number: str = ""
    selectee: str = ""
    international_document_verification: str = ""
    marketing_carrier: str = ""
    frequent_flyer_airline: str = ""
    frequent_flyer_number: str = ""
    id_ad_indicator: str = ""
    free_baggage_allowance: str = ""
    fast_track: bool | None = None
    #: For the airline's own use; not interpreted.
    airline_data: str = ""

    @property
    def conveyance(self) -> str:
        """As a console writes a flight: "AC 834"."""
        return f"{self.operating_carrier} {self.flight_number.lstrip('0')}".strip()


@dataclass(frozen=True, slots=True)
class BoardingPass:
    """A pass of format M. The security data is kept as it is: whose key verifies it the pass does not say."""

    name: str = field(repr=False)
    electronic_ticket: bool
    legs: tuple[Leg, ...] = field(repr=False)
    #: 1 to 8; None where the pass has mandatory items alone.
    version: int | None = None
    passenger_description: str = ""
    source_of_check_in: str = ""
    source_of_issuance: str = ""
    issued_on: date | None = None
    document_type: str = ""
    issuer: str = ""
    baggage_tags: tuple[str, ...] = ()
    security_type: str = ""
    security_data: str = field(default="", repr=False)

    @property
    def surname(self) -> str:
        return self.name.partition("/")[0]

    @property
    def given_names(self) -> str:
        return self.name.partition("/")[2]
