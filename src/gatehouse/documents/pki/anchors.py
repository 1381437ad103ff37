"""The files that hold certificates to be trusted: read within bounds, and told apart by their content."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from gatehouse.documents.ber import definite
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.masterlist import MasterList, Rejected, read_authority
from gatehouse.documents.pki.pem import pem_blocks
from gatehouse.documents.pki.sources import Kind
from gatehouse.kernel.errors import UnreadableError

#: The largest master list in circulation has about 1 MB; an export of the PKD is read as a stream.
LARGEST_FILE = 32 * 1024 * 1024


def open_file(path: Path) -> io.BufferedReader:
    """A file to be read as a stream. Raises `UnreadableError`."""
    try:
        return path.open("rb")
    except OSError as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=str(path), cause=error.strerror) from error


def read_file(path: Path) -> bytes:
    """A file's bytes. Raises `UnreadableError` where it is absent, unreadable, empty or larger than `LARGEST_FILE`."""
    try:
        with open_file(path) as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=str(path), cause=error.strerror) from error
    if not data:
        raise UnreadableError("%(name)s is empty", name=str(path))
    if len(data) > LARGEST_FILE:
        raise UnreadableError("%(name)s is larger than %(mib)d MiB", name=str(path), mib=LARGEST_FILE // 2**20)
    return data


def read_anchors(data: bytes, shown: str) -> list[Certificate | Rejected]:
    """The certificates of one file: a master list, a DER certificate, or PEM blocks of either.

    Raises `UnreadableError` where it is none of them; `shown` names the file.
    """
    return [each for block in pem_blocks(data) or [data] for each in anchors_of(block, shown)[2]]


def anchors_of(der: bytes, shown: str) -> tuple[Kind, date | None, list[Certificate | Rejected]]:
    try:
        authority = read_authority(_certificate(der), shown)
    except UnreadableError:
        pass
    else:
        issued = authority.not_before.date() if isinstance(authority, Certificate) else None
        return Kind.CERTIFICATE, issued, [authority]
    try:
        found = MasterList.read(der)
    except UnreadableError as error:
        parts = {"name": shown, "cause": str(error)}
        raise UnreadableError("%(name)s is neither a certificate nor a master list: %(cause)s", **parts) from error
    return Kind.MASTER_LIST, found.issued_on, [*found.certificates, *found.rejected]


def _certificate(der: bytes) -> bytes:
    """The bytes, where they read as a certificate at all. Raises `UnreadableError`."""
    der = definite(der)
    Certificate.read(der)
    return der
