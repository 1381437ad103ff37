"""Which seals an agency accepts: data of its profile."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.pki.sources import Source


@dataclass(frozen=True, slots=True)
class SealPolicy:
    """`accepted` are documents of visible seals and kinds of JSON seals; `purposes` the extended key usages that a
    signer's certificate may have, where it names any at all.

    Algorithms are judged by the table that judges those of chips: `weak_refused` says whether a weak one fails a seal.
    """

    accepted: frozenset[str]
    purposes: frozenset[str]
    weak_refused: bool
    version: Source
