"""EF.DG7: the holder's signature or usual mark as an image (ICAO 9303-10 clause 4.7.7)."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.images import ImageFacts, inspect
from gatehouse.documents.tlv import Octets, outermost


@dataclass(frozen=True, slots=True)
class Signature:
    """The image as recorded, and what it is by its own bytes."""

    image: bytes
    facts: ImageFacts


@dataclass(frozen=True, slots=True)
class Dg7:
    stated: int
    signatures: tuple[Signature, ...]


def read(data: Octets) -> Dg7:
    """Raises `UnreadableError` where the file is no EF.DG7 or an image is none."""
    file = outermost(data, 0x67)
    images = [bytes(child.value) for child in file.children() if child.tag == 0x5F43]
    return Dg7(file.need(0x02).number(), tuple(Signature(image, inspect(image)) for image in images))
