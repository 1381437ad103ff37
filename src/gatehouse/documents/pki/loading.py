"""From the files an operator names to a trust store: what each file is, is told by its content."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from gatehouse.documents.pki.anchors import anchors_of, open_file, read_file
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.defects import DefectList
from gatehouse.documents.pki.deviations import DeviationList
from gatehouse.documents.pki.masterlist import MasterList, Rejected
from gatehouse.documents.pki.pem import pem_blocks
from gatehouse.documents.pki.pkd import read_export
from gatehouse.documents.pki.sources import Kind, Source
from gatehouse.documents.pki.store import ListStore
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Result

#: Extended key usage of signers of seals (Doc 9303-12 clause 7.1.3): of an export's thousands of document signers only
#: these are kept.
SEAL_SIGNING = "2.23.136.1.1.11.1"
_SUFFIXES = frozenset((".ml", ".cer", ".crt", ".der", ".pem", ".ldif", ".crl", ".dfl", ".dvl"))


Read = TypeVar("Read")
Vouched = TypeVar("Vouched", DefectList, DeviationList)


@dataclass
class _Found:
    """What was found so far. `origins` by source: the digests of the certificates it holds."""

    certificates: list[Certificate] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    signers: list[Certificate] = field(default_factory=list)
    crls: list[Crl] = field(default_factory=list)
    defects: list[DefectList] = field(default_factory=list)
    deviations: list[DeviationList] = field(default_factory=list)
    origins: dict[Source, frozenset[str]] = field(default_factory=dict)

    def add(self, source: Source, read: Iterable[Certificate | Rejected]) -> None:
        anchors = []
        for each in read:
            if isinstance(each, Certificate):
                anchors.append(each)
                continue
            self.rejected.append(each)
            if each.certificate is not None:
                self.signers.append(each.certificate)
        self.certificates.extend(anchors)
        self.origins[source] = self.origins.get(source, frozenset()) | {each.sha256 for each in anchors}


def load(paths: Iterable[Path], *, pinned: Sequence[Certificate] = (), anchored: bool = True) -> TrustStore:
    """See `TrustStore.load`; `anchored` says whether there must be a certificate authority among the files.

    Of a folder with a history (`store`) the versions in use count, and its own pinned certificates.
    """
    paths, pinned = list(paths), list(pinned)
    found = _Found()
    for path in paths:
        if (store := ListStore(path)).has_history:
            pinned += store.pinned()
            for file in store.in_use():
                _read_one(file, found)
        else:
            _read_path(path, found)
    if anchored and not found.certificates:
        names = ", ".join(str(path) for path in paths)
        rejected = found.rejected
        why = f": {rejected[0].subject}: {rejected[0].reason}" if rejected else ""
        raise UnreadableError("no CSCA certificate is in %(names)s%(why)s", names=names, why=why)
    defects = list(_verified(found.defects, pinned, found.rejected))
    deviations = list(_verified(found.deviations, found.certificates, found.rejected))
    return TrustStore(
        found.certificates,
        found.rejected,
        origins=found.origins,
        signers=found.signers,
        crls=found.crls,
        defects=defects,
        deviations=deviations,
    )


def _verified(lists: Iterable[Vouched], roots: Sequence[Certificate], rejected: list[Rejected]) -> Iterator[Vouched]:
    for each in lists:
        _, check = each.verify(*roots)
        if check.result is Result.SUCCESSFUL:
            yield each
        else:
            rejected.append(Rejected(each.source.name, check.reason))


def _read_path(path: Path, found: _Found) -> None:
    if not path.is_dir():
        _read_one(path, found)
        return
    for file in sorted(each for each in path.rglob("*") if each.suffix.lower() in _SUFFIXES and each.is_file()):
        try:
            _read_one(file, found)
        except UnreadableError as error:
            found.rejected.append(Rejected(file.name, error.reason))


def _read_one(path: Path, found: _Found) -> None:
    if path.suffix.lower() == ".ldif":
        _read_ldif(path, found)
    else:
        _read_data(read_file(path), path.name, found)


def _read_ldif(path: Path, found: _Found) -> None:
    hashed = hashlib.sha256()
    anchors: list[Certificate | Rejected] = []
    with open_file(path) as stream:
        for item in read_export(_hashing(stream, hashed.update)):
            content = item.content
            if isinstance(content, MasterList):
                anchors += [*content.certificates, *content.rejected]
            elif isinstance(content, Crl):
                found.crls.append(content)
            elif isinstance(content, DeviationList):
                found.deviations.append(content)
            elif isinstance(content, Rejected):
                anchors.append(content)
            elif SEAL_SIGNING in content.purposes:
                found.signers.append(content)
    found.add(Source(Kind.PKD_EXPORT, path.name, None, hashed.hexdigest()), anchors)


def _hashing(stream: io.BufferedReader, update: Callable[[bytes], None]) -> Iterator[bytes]:
    for line in stream:
        update(line)
        yield line


def _read_data(data: bytes, shown: str, found: _Found) -> None:
    for block in pem_blocks(data) or [data]:
        try:
            kind, issued, anchors = anchors_of(block, shown)
        except UnreadableError:
            if not _read_other(block, shown, found):
                raise
        else:
            found.add(Source.of(kind, shown, issued, block), anchors)


def _read_other(data: bytes, shown: str, found: _Found) -> bool:
    """Whether it is one of the lists that say what is not to be trusted, or only with care."""
    if (crl := _or_none(Crl.read, data)) is not None:
        found.crls.append(crl)
    elif (defects := _or_none(lambda der: DefectList.read(der, shown), data)) is not None:
        found.defects.append(defects)
    elif (deviations := _or_none(lambda der: DeviationList.read(der, shown), data)) is not None:
        found.deviations.append(deviations)
    else:
        return False
    return True


def _or_none(read: Callable[[bytes], Read], data: bytes) -> Read | None:
    try:
        return read(data)
    except UnreadableError:
        return None
