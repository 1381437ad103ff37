"""A made-up person whose every value is unlike anything else, their document, and inspections of it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from tests.documents.chip.reading.made import Counted

from gatehouse.documents.chip.judging import judge
from gatehouse.documents.chip.reading import ChipReading, attempt
from gatehouse.documents.chip.simulator import SimulatedChip
from gatehouse.documents.inspectionlog import Inspected
from gatehouse.documents.inspectionlog.sources import of_reading
from gatehouse.documents.mrz import Mrz, parse_mrz
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.verdict import Verdict
from gatehouse.simulation.holders import Holder
from gatehouse.simulation.issuing import ChipKind, IssuedDocument, Issuer
from gatehouse.simulation.issuing.faults import Fault

ON = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 10, 30, 15, tzinfo=UTC)
HOLDER = Holder(
    seed=71,
    surname="QUETZALQUIST",
    given_names="XIMENA ZIPPORAH",
    nationality="UTO",
    birth_date=date(1979, 2, 13),
    sex="F",
    full_name="龘龖<<靐齉",
    personal_number="PN7719X3",
)


@dataclass(frozen=True)
class Seen:
    """One reading of one document, judged, and what is logged of it."""

    document: IssuedDocument
    reading: ChipReading
    verdict: Verdict
    zone: Mrz
    inspected: Inspected


@cache
def issuer(kind: ChipKind) -> Issuer:
    return Issuer("UT", "UTO", seed=3, on=ON, chips=kind)


@cache
def document(kind: ChipKind, fault: Fault | None = None) -> IssuedDocument:
    return issuer(kind).personalise(HOLDER, fault=fault)


@cache
def trust(kind: ChipKind) -> TrustStore:
    return TrustStore([Certificate.read(der) for der in issuer(kind).csca_certificates()])


def seen(
    kind: ChipKind = ChipKind.PACE_CAM,
    *,
    fault: Fault | None = None,
    pulled_before: int | None = None,
    printed: str | None = None,
) -> Seen:
    """`printed` is the zone on the page where it is another than the chip's; the chip opens with its own key."""
    laid = document(kind, fault)
    zone = parse_mrz(printed or "\n".join(laid.mrz_lines), on=ON)
    chip = Counted(SimulatedChip(laid.image), pulled_before)
    reading = attempt(chip, laid.image.mrz, trust=trust(kind))
    verdict = judge(reading, trust=trust(kind), on=ON, zone=zone)
    inspected = of_reading(reading, verdict, zone, at=AT, on=ON, reader="sim")
    return Seen(laid, reading, verdict, zone, inspected)


def private(laid: IssuedDocument) -> Iterator[str]:
    """Every spelling of what names the holder, or finds this document again."""
    holder = laid.holder
    yield from (holder.surname, holder.given_names, *holder.given_names.split(), *laid.mrz_lines, laid.document_number)
    yield from ("龘龖", "靐齉", holder.personal_number or "PN7719X3")
    for day in (holder.birth_date, laid.expires, laid.issued):
        yield from (day.isoformat(), f"{day:%y%m%d}", f"{day:%Y%m%d}")
    for data in (*laid.image.files.values(), laid.portrait):
        for name in ("sha1", "sha224", "sha256", "sha384", "sha512"):
            digest = hashlib.new(name, data).digest()
            yield from (digest.hex(), digest.hex().upper(), base64.b64encode(digest).decode())
            yield base64.urlsafe_b64encode(digest).decode()
        if len(data) > 60:
            middle = data[15 : 15 + 30]  # three octets are four characters of base64, wherever the file begins
            yield from (middle.hex(), middle.hex().upper(), base64.b64encode(middle).decode())
            yield base64.urlsafe_b64encode(middle).decode()
