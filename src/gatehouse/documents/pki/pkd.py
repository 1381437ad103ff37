"""Exports of the ICAO Public Key Directory: master lists, document signers and revocation lists as LDIF entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from gatehouse.documents.ber import definite
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.deviations import DeviationList
from gatehouse.documents.pki.keys import UnsupportedKeyError
from gatehouse.documents.pki.ldif import Entry, entries
from gatehouse.documents.pki.masterlist import MasterList, Rejected
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Reason

Content: TypeAlias = MasterList | DeviationList | Certificate | Crl

#: The attributes of the directory that hold something to be trusted or distrusted, in lower case.
_MASTER_LIST = ("pkdmasterlistcontent", "cscamasterlistdata")
_CERTIFICATE = ("usercertificate", "cacertificate")
_REVOCATION_LIST = ("certificaterevocationlist", "authorityrevocationlist")
_DEVIATION_LIST = ("deviationlistdata", "pkddeviationlistcontent")


@dataclass(frozen=True, slots=True)
class Item:
    """What one attribute of an entry holds: read, or rejected with the reason. `data` are its bytes."""

    dn: str
    data: bytes
    content: Content | Rejected


def read_export(lines: Iterable[bytes]) -> Iterator[Item]:
    """Every list and certificate of an export, one after the other, given the lines of its file.

    What cannot be read is a `Rejected` with its reason, so is an entry that changes or deletes another: an export is
    read as a whole state. Raises `UnreadableError` where this is no LDIF file.
    """
    for entry in entries(lines):
        if entry.change != "add":
            reason = Reason("entries that %(change)s others are not applied", change=entry.change)
            yield Item(entry.dn, b"", Rejected(entry.dn, reason))
            continue
        for name, value in entry.attributes:
            if _kind(name) is not None:
                yield Item(entry.dn, value, _content(name, value, entry))


def _kind(name: str) -> type[Content] | None:
    known: tuple[tuple[tuple[str, ...], type[Content]], ...] = (
        (_MASTER_LIST, MasterList),
        (_CERTIFICATE, Certificate),
        (_REVOCATION_LIST, Crl),
        (_DEVIATION_LIST, DeviationList),
    )
    return next((kind for names, kind in known if name in names), None)


def _content(name: str, value: bytes, entry: Entry) -> Content | Rejected:
    try:
        kind = _kind(name)
        if kind is not Certificate:
            return kind.read(value)  # type: ignore[union-attr] # not None: the caller asked
        certificate = Certificate.read(definite(value))
        _ = certificate.key
    except (UnreadableError, UnsupportedKeyError) as error:
        return Rejected(entry.dn, error.reason)
    return certificate
