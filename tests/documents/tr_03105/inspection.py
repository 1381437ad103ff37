"""An inspection system as BSI TR-03105-5.1 tests it: a document is laid on it, and it says whether all is well.

The chip is simulated; the system is the reading, the verdict on what was read, and the border's examination of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from tests.documents import pki_factory as pki

from gatehouse.device.examination import DocumentReading, Examined, examine
from gatehouse.documents.chip.access import AccessKey
from gatehouse.documents.chip.judging import judge
from gatehouse.documents.chip.reading import ChipReading, ReadingPolicy, attempt
from gatehouse.documents.chip.simulator import ChipImage, Fault, Limits, SimulatedChip
from gatehouse.documents.mrz import parse_mrz
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.verdict import Verdict
from gatehouse.kernel.results import Result
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import ChipKind, IssuedDocument, Issuer
from gatehouse.simulation.issuing.data_groups import atr_info, com

ON = date(2026, 11, 22)
FILES = ("COM", "SOD", "DG1", "DG2", "DG11", "DG12", "DG14", "DG15")
#: Events after which something that should be there was not read.
_LACKS = {"file_missing", "file_empty", "file_short", "file_unreadable", "file_too_large", "file_protected"}


@dataclass(frozen=True)
class Outcome:
    reading: ChipReading
    verdict: Verdict
    examined: Examined | None

    @property
    def objections(self) -> list[str]:
        """What keeps the system from saying that all is well."""
        found = [f"stopped: {self.reading.stopped}"] if self.reading.stopped else []
        checks = {check.id: check for check in (*self.verdict.checks, *(self.examined.checks if self.examined else ()))}
        found += [f"{check.id}: {check.reason}" for check in checks.values() if check.result is Result.FAILED]
        found += [f"{event.name}: {event.detail}" for event in self.reading.events if event.name in _LACKS]
        if self.verdict.result is not Result.SUCCESSFUL:
            found.append(f"the verdict is {self.verdict.result.value}")
        return found

    @property
    def passed(self) -> bool:
        return not self.objections


@cache
def issuer(kind: ChipKind) -> Issuer:
    return Issuer("UT", "UTO", seed=1, on=ON, chips=kind)


@cache
def issued(kind: ChipKind) -> IssuedDocument:
    return issuer(kind).personalise(made_up_holder("UTO", 7, on=ON, youngest=18))


CSCA = pki.csca()
SIGNER = pki.dsc(CSCA)
TRUST = TrustStore([Certificate.read(CSCA.der)])
PAGE = "\n".join(issued(ChipKind.BAC).mrz_lines)


def groups_of(files: Mapping[str, bytes]) -> dict[int, bytes]:
    return {int(name[2:]): data for name, data in sorted(files.items()) if name.startswith("DG")}


def document(
    kind: ChipKind = ChipKind.BAC,
    *,
    signer: pki.Identity = SIGNER,
    sod: Mapping[str, object] | None = None,
    without: Iterable[str] = (),
    files: Mapping[str, bytes] | None = None,
    **image: Any,
) -> ChipImage:
    """A document whose EF.SOD is signed over the files as they are, unusual in what `sod` says or as a whole given."""
    made = issued(kind).image
    kept = {"ATR/INFO": atr_info(65_535), **made.files, **(files or {})}
    kept = {name: data for name, data in kept.items() if name not in without}
    if "COM" not in (files or {}):
        kept["COM"] = com([f"DG{number}" for number in groups_of(kept)], lds_version="0107")
    if "SOD" not in (files or {}):
        kept["SOD"] = pki.sod(signer, groups_of(kept), **(sod or {}))
    return replace(made, files=kept, **image)


def inspect(
    image: ChipImage,
    *faults: Fault,
    key: AccessKey | None = None,
    page: str = PAGE,
    policy: ReadingPolicy | None = None,
    trust: TrustStore = TRUST,
    crls: Sequence[Crl] = (),
    limits: Limits = Limits(),  # noqa: B008 - immutable
) -> Outcome:
    """Lay the document on the reader and read it with the key of its printed zone."""
    chip = SimulatedChip(image, faults=faults, limits=limits)
    given = key or image.mrz or issued(ChipKind.BAC).image.mrz
    reading = attempt(chip, given, policy=policy or ReadingPolicy(files=FILES, every_proof=True), trust=trust)
    zone = parse_mrz(page, on=ON)
    verdict = judge(reading, trust=trust, crls=crls, on=ON, zone=zone)
    laid = DocumentReading(page, datetime(2026, 11, 22, tzinfo=UTC), dict(reading.files))
    examined = examine(laid, trust=trust, crls=crls, on=ON) if "SOD" in reading.files else None
    return Outcome(reading, verdict, examined)
