"""The certificate authorities an operator trusts, found by name and by key identifier.

Whatever file the operator names is trusted as it stands: a master list's own signature is `gatehouse document trust`'s
to verify, before the list is put to use. Every CSCA in it is an anchor, link certificates too.
"""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from gatehouse.documents.ber import definite
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.masterlist import MasterList, Rejected, read_authority
from gatehouse.kernel.errors import UnreadableError

#: The largest master list in circulation has about 1 MB.
LARGEST_FILE = 32 * 1024 * 1024
_SUFFIXES = frozenset((".ml", ".cer", ".crt", ".der", ".pem"))


class TrustStore:
    """CSCA certificates, each once. `rejected` are those that were in the files but cannot serve, with the reason."""

    def __init__(self, certificates: Iterable[Certificate], rejected: Iterable[Rejected] = ()) -> None:
        self.certificates = tuple({each.sha256: each for each in certificates}.values())
        self.rejected = tuple(rejected)
        self._by_subject: defaultdict[bytes, list[Certificate]] = defaultdict(list)
        self._by_key_id: defaultdict[bytes, list[Certificate]] = defaultdict(list)
        for certificate in self.certificates:
            self._by_subject[certificate.subject.key].append(certificate)
            if certificate.key_id is not None:
                self._by_key_id[certificate.key_id].append(certificate)

    @classmethod
    def load(cls, paths: Iterable[Path]) -> TrustStore:
        """Read master lists (.ml), certificates (DER or PEM) and folders of these.

        Raises `UnreadableError` for a file that is neither, and where no certificate authority is among them. In a
        folder only files with the usual suffixes are read, and one that cannot be is rejected with its reason.
        """
        paths = list(paths)
        certificates: list[Certificate] = []
        rejected: list[Rejected] = []
        for read in (each for path in paths for each in _read_path(path)):
            if isinstance(read, Rejected):
                rejected.append(read)
            else:
                certificates.append(read)
        if not certificates:
            names = ", ".join(str(path) for path in paths)
            why = f": {rejected[0].subject}: {rejected[0].reason}" if rejected else ""
            raise UnreadableError("no CSCA certificate is in %(names)s%(why)s", names=names, why=why)
        return cls(certificates, rejected)

    def named(self, certificate: Certificate) -> list[Certificate]:
        """The CSCAs that bear the name of the certificate's issuer, the one whose key it points to first."""
        found = self._by_subject.get(certificate.issuer.key, [])
        return sorted(found, key=lambda csca: (csca.key_id != certificate.issuer_key_id, not csca.is_self_issued))

    def with_key_id(self, certificate: Certificate) -> list[Certificate]:
        """The CSCAs with the key identifier that the certificate gives for its issuer, whatever their name."""
        key_id = certificate.issuer_key_id
        return self._by_key_id.get(key_id, []) if key_id is not None else []

    def of_name(self, key: bytes) -> list[Certificate]:
        """The CSCAs whose name has this `Name.key`."""
        return self._by_subject.get(key, [])


def _read_path(path: Path) -> Iterator[Certificate | Rejected]:
    if not path.is_dir():
        yield from read_anchors(read_file(path), path.name)
        return
    for file in sorted(each for each in path.rglob("*") if each.suffix.lower() in _SUFFIXES and each.is_file()):
        try:
            yield from read_anchors(read_file(file), file.name)
        except UnreadableError as error:
            yield Rejected(file.name, error.reason)


def read_file(path: Path) -> bytes:
    """A file's bytes. Raises `UnreadableError` where it is absent, unreadable, empty or larger than `LARGEST_FILE`."""
    try:
        with path.open("rb") as stream:
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
    blocks = pem_blocks(data) or [data]
    anchors: list[Certificate | Rejected] = []
    for block in blocks:
        anchors.extend(_read_block(block, shown))
    return anchors


def _read_block(der: bytes, shown: str) -> list[Certificate | Rejected]:
    try:
        return [read_authority(_certificate(der), shown)]
    except UnreadableError:
        pass
    try:
        found = MasterList.read(der)
    except UnreadableError as error:
        parts = {"name": shown, "cause": str(error)}
        raise UnreadableError("%(name)s is neither a certificate nor a master list: %(cause)s", **parts) from error
    return [*found.certificates, *found.rejected]


def _certificate(der: bytes) -> bytes:
    """The bytes, where they read as a certificate at all. Raises `UnreadableError`."""
    der = definite(der)
    Certificate.read(der)
    return der


def pem_blocks(data: bytes) -> list[bytes]:
    """What the PEM blocks (RFC 7468) in `data` hold; nothing where there is none, or none that can be decoded."""
    blocks = []
    for block in data.split(b"-----BEGIN ")[1:]:
        label, _, rest = block.partition(b"-----")
        body, end, _ = rest.partition(b"-----END " + label + b"-----")
        try:
            blocks.append(base64.b64decode(b"".join(body.split()), validate=True) if end else b"")
        except ValueError:
            continue
    return [block for block in blocks if block]
