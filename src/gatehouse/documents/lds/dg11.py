"""EF.DG11: more about the holder (ICAO 9303-10 clause 4.7.11). All of it is optional; what is there is read, whether
the tag list names it or not."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.lds.text import free_text, partial_date
from gatehouse.documents.tlv import Octets, Tlv, outermost


@dataclass(frozen=True, slots=True)
class Dg11:
    """Text as stored, with "<" where the issuer put it. `birth_date` is ISO 8601, shortened where partly unknown."""

    full_name: str | None = None
    other_names: tuple[str, ...] = ()
    personal_number: str | None = None
    birth_date: str | None = None
    birth_place: str | None = None
    address: str | None = None
    telephone: str | None = None
    profession: str | None = None
    title: str | None = None
    personal_summary: str | None = None
    proof_of_citizenship: bytes | None = None
    other_documents: tuple[str, ...] = ()
    custody: str | None = None


def read(data: Octets) -> Dg11:
    """Raises `UnreadableError` where the file is no EF.DG11."""
    file = outermost(data, 0x6B)
    proof = file.find(0x5F16)
    return Dg11(
        full_name=free_text(file.find(0x5F0E)),
        other_names=repeated(file, 0x5F0F),
        personal_number=free_text(file.find(0x5F10)),
        birth_date=partial_date(file.find(0x5F2B)),
        birth_place=free_text(file.find(0x5F11)),
        address=free_text(file.find(0x5F42)),
        telephone=free_text(file.find(0x5F12)),
        profession=free_text(file.find(0x5F13)),
        title=free_text(file.find(0x5F14)),
        personal_summary=free_text(file.find(0x5F15)),
        proof_of_citizenship=bytes(proof.value) if proof else None,
        other_documents=tuple(part for part in (free_text(file.find(0x5F17)) or "").split("<") if part),
        custody=free_text(file.find(0x5F18)),
    )


def repeated(file: Tlv, tag: int) -> tuple[str, ...]:
    """The texts under `tag` in content-specific class A0, where an object may recur."""
    group = file.find(0xA0)
    if group is None:
        return ()
    return tuple(free_text(child) or "" for child in group.children() if child.tag == tag)
