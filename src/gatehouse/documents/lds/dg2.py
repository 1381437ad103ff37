"""EF.DG2: the holder's face, once or several times (ICAO 9303-10 clause 4.7.2)."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.lds import face_19794, face_39794
from gatehouse.documents.lds.cbeff import RECORD_19794, templates
from gatehouse.documents.lds.face import Face
from gatehouse.documents.tlv import Octets, outermost
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Reason


@dataclass(frozen=True, slots=True)
class Dg2:
    """`stated` is the number of templates that the file announces. `faces` holds at least one face; `refused` has
    a reason for each further one whose image is none."""

    stated: int
    faces: tuple[Face, ...]
    refused: tuple[Reason, ...] = ()


def read(data: Octets) -> Dg2:
    """Raises `UnreadableError`, with the first reason, where no face can be read."""
    stated, found = templates(outermost(data, 0x75))
    faces: list[Face] = []
    refused: list[Reason] = []
    for template in found:
        record = template.record
        read_faces = face_19794.read(record.value) if record.tag == RECORD_19794 else face_39794.read(record)
        for face in read_faces:
            if isinstance(face, UnreadableError):
                refused.append(face.reason)
            else:
                faces.append(face)
    if not faces:
        raise UnreadableError("no face: %(cause)s", cause=str(refused[0]) if refused else "the file holds none")
    return Dg2(stated, tuple(faces), tuple(refused))
