"""The certificate authorities an operator trusts, and what is known against documents; each with its source.

Whatever the operator names is trusted as it stands: a master list's own signature is `gatehouse document trust`'s to
verify, before the list is put to use. Every CSCA in it is an anchor, link certificates too. `loading` reads the files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.masterlist import Rejected
from gatehouse.documents.pki.sources import Source

if TYPE_CHECKING:
    from gatehouse.documents.pki.crl import Crl
    from gatehouse.documents.pki.defects import DefectList
    from gatehouse.documents.pki.deviations import DeviationList


class TrustStore:
    """CSCA certificates, each once, and what came with them.

    `rejected` are those that were in the files but cannot serve, with the reason; `signers` the certificates that are
    no authority's, such as those of signers of seals; `origins` the digests of the certificates by their source;
    `defects` and `deviations` lists whose signer was verified.
    """

    def __init__(
        self,
        certificates: Iterable[Certificate],
        rejected: Iterable[Rejected] = (),
        *,
        origins: Mapping[Source, frozenset[str]] | None = None,
        signers: Iterable[Certificate] = (),
        crls: Iterable[Crl] = (),
        defects: Iterable[DefectList] = (),
        deviations: Iterable[DeviationList] = (),
    ) -> None:
        self.certificates = tuple({each.sha256: each for each in certificates}.values())
        self.rejected = tuple(rejected)
        self.origins = dict(origins or {})
        self.signers = tuple({each.sha256: each for each in signers}.values())
        self.crls = tuple({each.sha256: each for each in crls}.values())
        self.defects = tuple(defects)
        self.deviations = tuple(deviations)
        self._by_subject: defaultdict[bytes, list[Certificate]] = defaultdict(list)
        self._by_key_id: defaultdict[bytes, list[Certificate]] = defaultdict(list)
        for certificate in self.certificates:
            self._by_subject[certificate.subject.key].append(certificate)
            if certificate.key_id is not None:
                self._by_key_id[certificate.key_id].append(certificate)

    @classmethod
    def load(cls, paths: Iterable[Path], *, pinned: Iterable[Certificate] = ()) -> TrustStore:
        """Read master lists, PKD exports, certificates, revocation, defect and deviation lists, and folders of these.

        A defect list counts where its signer chains to a `pinned` certificate, a deviation list where it chains to a
        CSCA of its own state. Raises `UnreadableError` for a file that is none of these, and where no certificate
        authority is among them. In a folder only files with the usual suffixes are read, and one that cannot be is
        rejected with its reason.
        """
        from gatehouse.documents.pki.loading import load  # noqa: PLC0415 (the lists know the store's certificates)

        return load(paths, pinned=tuple(pinned))

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

    def sources_of(self, csca: Certificate | None) -> tuple[Source, ...]:
        """The lists and files that hold a CSCA; all of them where none was found, since it is in none."""
        if csca is None:
            return tuple(self.origins)
        return tuple(source for source, held in self.origins.items() if csca.sha256 in held)
