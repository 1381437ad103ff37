"""What is logged of a chip that was just read, of files that were verified, and of a seal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

import cryptography

from gatehouse import __version__
from gatehouse.documents.chip.reading import ChipReading
from gatehouse.documents.comparisons import check_digits, differing, expiry
from gatehouse.documents.inspectionlog.building import Inspected
from gatehouse.documents.inspectionlog.model import Component, ExtendedNode
from gatehouse.documents.lds.dg1 import read as read_dg1
from gatehouse.documents.mrz import Mrz, parse_mrz
from gatehouse.documents.mrz.formats import FORMATS
from gatehouse.documents.seals.verification import SealVerdict
from gatehouse.documents.verdict import Verdict
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.ids import new_id
from gatehouse.kernel.results import Check
from gatehouse.kernel.timing import timed

_OWN = (
    Component(role="application", name="Gatehouse", version=__version__),
    Component(role="cryptography", name="cryptography", version=cryptography.__version__),
)


def of_reading(
    reading: ChipReading, verdict: Verdict, zone: Mrz | None, *, at: datetime, on: date, reader: str
) -> Inspected:
    """A chip that was read, at a reader of that name, and judged `on` a day. `zone` is the printed one, if known."""
    return _of_files(
        {**reading.files, **reading.card_files},
        verdict,
        zone,
        at=at,
        on=on,
        reading=reading,
        components=(*_OWN, Component(role="chip", name=reader)),
    )


def of_files(files: Mapping[str, bytes], verdict: Verdict, *, at: datetime, on: date) -> Inspected:
    """Files of a chip that somebody read elsewhere, by name: SOD, DG1 …"""
    return _of_files(files, verdict, None, at=at, on=on, reading=None, components=_OWN)


def of_seal(verdict: SealVerdict, *, at: datetime) -> Inspected:
    """A digital seal that was verified."""
    values = tuple(str(feature.value) for feature in verdict.features)
    content = (
        ExtendedNode(node="dcs:Content", name=feature.name, text=str(feature.value)) for feature in verdict.features
    )
    return Inspected(
        transaction=new_id(at),
        checked_at=at,
        house=verdict.result,
        checks=verdict.checks,
        components=_OWN,
        versions=verdict.versions,
        type=verdict.document or "",
        issuing_state=verdict.country,
        format=verdict.form,
        signer=verdict.signer,
        zones=(verdict.mrz,) if verdict.mrz else (),
        names=values,
        extended=tuple(content),
        seal=True,
    )


def _of_files(
    files: Mapping[str, bytes],
    verdict: Verdict,
    zone: Mrz | None,
    *,
    at: datetime,
    on: date,
    reading: ChipReading | None,
    components: tuple[Component, ...],
) -> Inspected:
    held = _held(files, on)
    known = zone or held
    return Inspected(
        transaction=new_id(at),
        checked_at=at,
        house=verdict.result,
        checks=(*_of_zone(zone), *verdict.checks, *_of_expiry(known, on)),
        components=components,
        versions=verdict.versions,
        type=known.document_code if known else "",
        issuing_state=known.issuer if known else "",
        format=known.format if known else "",
        access=reading.access if reading else "",
        signer=verdict.signer,
        signing=verdict.signing,
        timings_ms=reading.timings_ms if reading else {},
        events=tuple((event.name, event.at_ms) for event in reading.events) if reading else (),
        defects=verdict.defects,
        zones=tuple(each for each in (zone, held) if each is not None),
        extended=tuple(_extended(files, zone, held)),
    )


def _held(files: Mapping[str, bytes], on: date) -> Mrz | None:
    """The chip's own zone; None where it cannot be read."""
    try:
        return parse_mrz("\n".join(read_dg1(files["DG1"]).lines), on=on)
    except (KeyError, UnreadableError):
        return None


def _of_zone(zone: Mrz | None) -> Iterator[Check]:
    if zone is not None:
        yield timed(lambda: check_digits(zone))


def _of_expiry(zone: Mrz | None, on: date) -> Iterator[Check]:
    if zone is not None:
        whole = zone.expiry_date is not None and len(zone.expiry_date) == len("YYYY-MM-DD")
        last_day = date.fromisoformat(zone.expiry_date) if whole and zone.expiry_date else None
        yield timed(lambda: expiry(last_day, on))


def _extended(files: Mapping[str, bytes], zone: Mrz | None, held: Mrz | None) -> Iterator[ExtendedNode]:
    for line in zone.lines if zone else ():
        yield ExtendedNode(node="dc:DocumentDetails", name="mrz", text=line)
    for name, data in files.items():
        yield ExtendedNode(node="dce:ChipFiles", name=f"EF.{name}", data=data)
    if zone is not None and held is not None and len(held.text) == len(zone.text):
        places = FORMATS[zone.format].places
        for name in differing(held.text, zone):
            if name in places:
                found = f"{zone.text[places[name]]} | {held.text[places[name]]}"
                yield ExtendedNode(node="dcc:Mismatch", name=name, text=found)
