"""What a document says of itself, and whether it can be believed: the zone, the chip, and whether they agree."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from gatehouse.biometrics.fingerprints import Finger
from gatehouse.device.reading_report import ReadingReport
from gatehouse.device.reported import believable_zone, reported_checks, verdict_with
from gatehouse.documents import lds
from gatehouse.documents.comparisons import MANDATORY, check_digits, not_given, same_zone
from gatehouse.documents.images import MOST_BYTES, inspect
from gatehouse.documents.lds.dg2 import Dg2
from gatehouse.documents.lds.dg11 import Dg11
from gatehouse.documents.mrz import Mrz, parse_mrz
from gatehouse.documents.passive import authenticate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.sources import Source
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.verdict import Verdict
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What a reader delivers, or a hand types in."""

    #: The lines of the machine readable zone, joined by a newline.
    mrz: str
    #: When the document was read: the start of the inspection's timer. Aware.
    read_at: datetime
    #: Elementary files of the chip by name (COM, SOD, DG1, DG2 …), raw; empty where there is no chip.
    files: Mapping[str, bytes] = field(default_factory=dict)
    #: JPEG of the person at the desk.
    live_image: bytes | None = None
    #: How the desk read the chip, as it says; None where nothing says so.
    report: ReadingReport | None = None
    #: Pictures of fingers, as the scanner gave them; none away from the centre, where nothing is captured.
    fingerprints: Mapping[Finger, bytes] = field(default_factory=dict)


#: How a picture of a finger begins (ANSI/NIST WSQ: the marker SOI).
_WSQ = b"\xff\xa0"


@dataclass(frozen=True, slots=True)
class Examined:
    """A document as it was read, and every check of it."""

    mrz: Mrz
    result: Result
    checks: tuple[Check, ...]
    #: Subject of the certificate that signed the chip's data; empty where there is none.
    signer: str
    #: The chip's image of the face, as stored there.
    face: bytes | None
    #: Names from the chip, in the script of their holder.
    names: tuple[str, ...]
    #: Of the lists and policies that the checks of the chip's signature rest on.
    versions: tuple[Source, ...] = ()
    #: Of passive authentication alone; None where the chip gave no EF.SOD.
    authentication: Verdict | None = None


def examine(reading: DocumentReading, *, trust: TrustStore, crls: Sequence[Crl], on: date) -> Examined:
    """Raises `UnreadableError` where there is no machine readable zone, or the live image or a finger is none.

    What a chip holds never stops an inspection: what cannot be read of it is a check that failed.
    """
    begun = time.perf_counter_ns()
    mrz = parse_mrz(reading.mrz, on=on)
    zone = check_digits(mrz).taking((time.perf_counter_ns() - begun) / 1e6)
    if reading.live_image is not None:
        inspect(reading.live_image)
    for finger in reading.fingerprints.values():
        require_finger(finger)
    reported = tuple(reported_checks(reading.report, reading.files)) if reading.report else ()
    if "SOD" not in reading.files:
        chipless = () if any(check.id == "chip" for check in reported) else (_no_chip(reading.files),)
        return Examined(mrz, Result.UNDETERMINED, (zone, *chipless, *reported), "", None, ())
    contents, broken = _contents(reading.files)
    found = _authenticated(reading.files, trust, crls, on)
    result, signer = found.result, found.signer.subject if found.signer else ""
    compared = same_zone(reading.files["DG1"], mrz) if "DG1" in reading.files else None
    same = (believable_zone(compared, reading.report),) if compared is not None else ()
    missed = not_given([name for name in MANDATORY if name not in reading.files])
    checks = (zone, *found.checks, *same, *((missed,) if missed else ()), *broken, *reported)
    unseen = any(check.result is Result.UNDETERMINED for check in same)
    if (missed is not None or unseen) and result is Result.SUCCESSFUL:
        result = Result.UNDETERMINED
    if any(check.result is Result.FAILED for check in (*same, *broken)):
        result = Result.FAILED
    if reading.report is not None:
        result = verdict_with(reading.report, reported, result)
    face, more = contents.get("DG2"), contents.get("DG11")
    shown = face.faces[0].image if isinstance(face, Dg2) else None
    names = _names(more) if isinstance(more, Dg11) else ()
    return Examined(mrz, result, checks, signer, shown, names, found.versions, found)


def require_finger(image: bytes) -> None:
    """Raises `UnreadableError` where this is no picture that a fingerprint scanner gives: WSQ, JPEG or JPEG 2000."""
    if not image.startswith(_WSQ):
        inspect(image)
    elif len(image) > MOST_BYTES:
        raise UnreadableError("the image is larger than %(kib)d KiB", kib=MOST_BYTES // 1024)


def _no_chip(files: Mapping[str, bytes]) -> Check:
    if files:
        return Check("chip", Result.ABORTED, Reason("the chip was read, but not its EF.SOD"))
    return Check("chip", Result.NOT_SUPPORTED, Reason("no chip was read"))


def _contents(files: Mapping[str, bytes]) -> tuple[dict[str, lds.Content], list[Check]]:
    """What the files hold that an inspection shows, and a failed check for each that is broken."""
    contents, broken = {}, []
    for name in ("DG1", "DG2", "DG11"):
        if name not in files:
            continue
        try:
            contents[name] = lds.read(name, files[name])
        except UnreadableError as error:
            broken.append(Check(f"{name.lower()}_content", Result.FAILED, error.reason))
    return contents, broken


def _authenticated(files: Mapping[str, bytes], trust: TrustStore, crls: Sequence[Crl], on: date) -> Verdict:
    try:
        return authenticate(files["SOD"], data_groups=_data_groups(files), trust=trust, crls=crls, on=on)
    except UnreadableError as error:
        return Verdict(None, (Check("sod_signature", Result.FAILED, error.reason),))


def _data_groups(files: Mapping[str, bytes]) -> dict[int, bytes]:
    return {number: data for name, data in files.items() if (number := lds.file_of(name).number) is not None}


def _names(content: Dg11) -> tuple[str, ...]:
    given = (content.full_name, *content.other_names)
    return tuple(" ".join(name.replace("<", " ").split()) for name in given if name)
