"""From the text of a bar code to a boarding pass: IATA Resolution 792 attachment B, format M, versions 1 to 8."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from gatehouse.kernel.errors import UnreadableError
from gatehouse.workstations.boarding_pass.records import BoardingPass, Leg

#: The bar code of a pass with four legs and everything in it stays far below.
LONGEST = 2000
_VERSIONS = range(1, 9)
_BAGGAGE_TAG = 13


def boarding_pass_of(text: str, *, on: date) -> dict[str, Any] | None:
    """The elements as plain data for a console, days in ISO form; None where the text is no boarding pass."""
    try:
        found = parse_boarding_pass(text, on=on)
    except UnreadableError:
        return None
    content = asdict(found)
    content["issued_on"] = found.issued_on.isoformat() if found.issued_on else None
    for leg, each in zip(content["legs"], found.legs, strict=True):
        leg["flight_date"] = each.flight_date.isoformat() if each.flight_date else None
        leg["conveyance"] = each.conveyance
    return content


def parse_boarding_pass(text: str, *, on: date) -> BoardingPass:
    """The pass in a bar code's text; days of the year are resolved to the year nearest to `on`.

    Raises `UnreadableError` for another format, a version that is unknown, or lengths that do not fit.
    """
    if len(text) > LONGEST:
        raise UnreadableError("a boarding pass has at most %(most)d characters", most=LONGEST)
    items = _Items(text)
    if items.take(1, "format") != "M":
        raise UnreadableError("this is no boarding pass: it does not begin with M")
    count = items.number(1, "number of legs", base=10)
    if not 1 <= count <= 4:
        raise UnreadableError("a boarding pass has one to four legs, not %(count)d", count=count)
    name, ticket = items.text(20, "name"), items.take(1, "electronic ticket")
    legs, common = [], _Common()
    for number in range(count):
        fixed = _mandatory(items, on)
        conditional = _Items(items.take(items.number(2, "size of the variable field"), "variable field"))
        if number == 0:
            common = _unique(conditional, on)
        legs.append(Leg(**fixed, **_repeated(conditional, common.version)))
    security_type, security_data = _security(items)
    return BoardingPass(
        name=name,
        electronic_ticket=ticket == "E",
        legs=tuple(legs),
        **asdict(common),
        security_type=security_type,
        security_data=security_data,
    )


class _Items:
    """A text that is taken from the left, item by item."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __bool__(self) -> bool:
        return bool(self._text)

    def take(self, size: int, item: str) -> str:
        """Exactly so many characters. Raises `UnreadableError` where there are fewer."""
        if len(self._text) < size:
            raise UnreadableError("the boarding pass ends within its %(item)s", item=item)
        taken, self._text = self._text[:size], self._text[size:]
        return taken

    def text(self, size: int, item: str) -> str:
        return self.take(size, item).strip()

    def most(self, size: int) -> str:
        """A conditional item: issuers may end a field before it."""
        taken, self._text = self._text[:size], self._text[size:]
        return taken.strip()

    def rest(self) -> str:
        taken, self._text = self._text, ""
        return taken

    def number(self, size: int, item: str, *, base: int = 16) -> int:
        digits = self.take(size, item)
        if not re.fullmatch("[0-9A-Fa-f]+" if base == 16 else "[0-9]+", digits):
            raise UnreadableError(
                "the %(item)s of the boarding pass is no number: %(digits)s", item=item, digits=digits
            )
        return int(digits, base)


@dataclass(frozen=True)
class _Common:
    """The conditional items that stand once, in the first leg's field."""

    version: int | None = None
    passenger_description: str = ""
    source_of_check_in: str = ""
    source_of_issuance: str = ""
    issued_on: date | None = None
    document_type: str = ""
    issuer: str = ""
    baggage_tags: tuple[str, ...] = ()


def _mandatory(items: _Items, on: date) -> dict[str, Any]:
    leg: dict[str, Any] = {
        "pnr": items.text(7, "PNR code"),
        "from_airport": items.text(3, "airport of departure"),
        "to_airport": items.text(3, "airport of arrival"),
        "operating_carrier": items.text(3, "operating carrier"),
        "flight_number": items.text(5, "flight number"),
    }
    day = items.text(3, "date of flight")
    if day and not re.fullmatch("[0-9]{3}", day):
        raise UnreadableError("the date of flight is no day of a year: %(day)s", day=day)
    leg["day_of_year"] = int(day) if day else None
    leg["flight_date"] = _nearest(int(day), on) if day else None
    leg["compartment"] = items.text(1, "compartment")
    leg["seat"] = items.text(4, "seat")
    leg["check_in_sequence"] = items.text(5, "check-in sequence number")
    leg["passenger_status"] = items.text(1, "passenger status")
    return leg


def _unique(field: _Items, on: date) -> _Common:
    if not field:
        return _Common()
    if field.take(1, "beginning of the version number") != ">":
        raise UnreadableError("the conditional items of the boarding pass do not begin with >")
    version = field.number(1, "version", base=10)
    if version not in _VERSIONS:
        raise UnreadableError("version %(version)d of the boarding pass is not known", version=version)
    unique = _Items(field.take(field.number(2, "size of the conditional items"), "conditional items"))
    return _Common(
        version=version,
        passenger_description=unique.most(1),
        source_of_check_in=unique.most(1),
        source_of_issuance=unique.most(1),
        issued_on=_issued(unique.most(4), on),
        document_type=unique.most(1),
        issuer=unique.most(3),
        baggage_tags=tuple(tag for _ in range(3) if (tag := unique.most(_BAGGAGE_TAG))),
    )


def _repeated(field: _Items, version: int | None) -> dict[str, Any]:
    if not field:
        return {}
    items = _Items("")
    if version is not None:
        items = _Items(field.take(field.number(2, "size of the leg's items"), "leg's items"))
    leg: dict[str, Any] = {
        "airline_numeric_code": items.most(3),
        "document_number": items.most(10),
        "selectee": items.most(1),
        "international_document_verification": items.most(1),
        "marketing_carrier": items.most(3),
        "frequent_flyer_airline": items.most(3),
        "frequent_flyer_number": items.most(16),
        "id_ad_indicator": items.most(1),
        "free_baggage_allowance": items.most(3),
    }
    leg["fast_track"] = {"Y": True, "N": False}.get(items.most(1))
    leg["airline_data"] = field.rest()
    return leg


def _security(items: _Items) -> tuple[str, str]:
    """What stands behind the legs: `^`, a type, a length and that much data. Nothing may follow."""
    if not items:
        return "", ""
    if items.take(1, "beginning of the security data") != "^":
        raise UnreadableError("what follows the legs of the boarding pass is no security data")
    kind = items.take(1, "type of security data")
    data = items.take(items.number(2, "size of the security data"), "security data")
    if items:
        raise UnreadableError("the boarding pass goes on after its security data")
    return kind.strip(), data


def _nearest(day: int, on: date) -> date | None:
    """The day of a year, in the year in which it lies nearest to `on`; 366 exists in leap years alone."""
    return min(_days(day, (on.year - 1, on.year, on.year + 1)), key=lambda each: abs(each - on), default=None)


def _issued(digits: str, on: date) -> date | None:
    """The last digit of a year and a day of it, in the latest such year that is not after tomorrow."""
    if not re.fullmatch("[0-9]{4}", digits):
        return None
    years = [year for year in range(on.year - 9, on.year + 2) if year % 10 == int(digits[0])]
    found = [each for each in _days(int(digits[1:]), years) if each <= on + timedelta(days=1)]
    return max(found, default=None)


def _days(day: int, years: Any) -> list[date]:
    if day < 1:
        return []
    days = [(year, date(year, 1, 1) + timedelta(days=day - 1)) for year in years]
    return [found for year, found in days if found.year == year]
