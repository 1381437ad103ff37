"""What engines make of a person before the desk: outside of any transaction, and never able to stop an inspection.

An engine is given pixels and what it made of pixels, nothing else: it knows of nobody who they are or whence they come.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np

from gatehouse.biometrics.comparing import CAPTURED, DOCUMENT, LIVE, RECORDED, Policy, Sample, compare_samples, sample
from gatehouse.biometrics.engine import FaceEngine
from gatehouse.biometrics.fingerprints import Finger, compare_fingerprints
from gatehouse.biometrics.pictures import Picture, Template
from gatehouse.biometrics.quality import Quality
from gatehouse.border.domain.comparisons import Comparison
from gatehouse.border.domain.words import Reference
from gatehouse.border.selectors.biometrics import captured_at_entry
from gatehouse.documents.images import rgb
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Reason
from gatehouse.law.capture import Modality
from gatehouse.platform.engines import Engines
from gatehouse.travellers.api import FACE, Captured, Kept

_FLOATS = np.dtype("<f4")


@dataclass(frozen=True, slots=True)
class Before:
    """What is before the desk: a face (JPEG), fingers as the scanner gave them."""

    face: bytes | None = None
    fingerprints: Mapping[Finger, bytes] | None = None

    def __bool__(self) -> bool:
        return bool(self.face or self.fingerprints)


@dataclass(frozen=True, slots=True)
class Looked:
    """`captured` is what of it can be kept: a picture without one face in it is no capture of a face."""

    comparisons: tuple[Comparison, ...] = ()
    captured: tuple[Captured, ...] = ()
    #: With whose capture at entry it was compared; None where with nobody's.
    recognised: UUID | None = None

    def of(self, traveller: UUID) -> tuple[Comparison, ...]:
        """The comparisons that are about this person: the document may have come to be known as another's meanwhile."""
        about = self.recognised in {None, traveller}
        return tuple(each for each in self.comparisons if about or each.reference is Reference.DOCUMENT)


def modality_of(captured: Captured) -> Modality:
    return Modality.FACE if captured.kind == FACE else Modality.FINGERPRINTS


def look(engines: Engines, before: Before, *, chip_face: bytes | None, recognise: UUID | None) -> Looked:
    """Compare what is before the desk with the chip's face and, where the law has the person recognised, with what was
    captured at their last entry.
    """
    if not before:
        return Looked()
    known: Mapping[str, Kept] = {}
    comparisons: list[Comparison] = []
    if recognise is not None:
        try:
            known = captured_at_entry(recognise)
        except UnreadableError as error:
            comparisons.append(Comparison.aborted(Modality.FACE, Reference.CAPTURE, error.reason))
    captured = [Captured(finger.value, image) for finger, image in (before.fingerprints or {}).items()]
    if before.face is not None:
        found, taken = _faces(engines, before.face, chip_face, known.get(FACE))
        comparisons += found
        captured += [taken] if taken else []
    comparisons += _fingerprints(engines, before.fingerprints or {}, known)
    return Looked(tuple(comparisons), tuple(captured), recognise)


def _faces(
    engines: Engines, live: bytes, chip_face: bytes | None, kept: Kept | None
) -> tuple[list[Comparison], Captured | None]:
    known: dict[Reference, bytes | Kept] = {}
    if chip_face is not None:
        known[Reference.DOCUMENT] = chip_face
    if kept is not None:
        known[Reference.CAPTURE] = kept
    engine = engines.face
    if engine is None:
        fault = engines.fault
        return ([_aborted(each, fault) for each in known] if fault else []), Captured(FACE, live)
    found: list[Comparison] = []
    began = time.perf_counter()
    try:
        alive = sample(engine, _picture(live), LIVE, live=True)
        for reference, each in known.items():
            compared = _compared(engine, engines.policy, reference, each, alive)
            # As long as it is since the live picture was begun with.
            found.append(replace(compared, milliseconds=(time.perf_counter() - began) * 1000))
    except Exception as error:  # an engine is a stranger's program, and its faults are its own
        return [_aborted(each, _cause(error), engine.info.id) for each in known], Captured(FACE, live)
    return found, _capture(engine, live, alive)


def _compared(
    engine: FaceEngine, policy: Policy, reference: Reference, known: bytes | Kept, live: Sample | Reason
) -> Comparison:
    sampled = _sample(engine, known)
    return Comparison.of_faces(compare_samples(engine, sampled, live, policy, known_as=_NAMES[reference]), reference)


_NAMES = {Reference.DOCUMENT: DOCUMENT, Reference.CAPTURE: CAPTURED}


def _sample(engine: FaceEngine, known: bytes | Kept) -> Sample | Reason:
    """Of the chip's picture; of a capture by its template where this very engine made it, else by its picture anew."""
    if isinstance(known, bytes):
        return sample(engine, _picture(known), DOCUMENT)
    captured = known.captured
    if captured.template is not None and captured.engine == engine.info.id and captured.quality is not None:
        vector = np.frombuffer(captured.template, _FLOATS)
        return Sample(Template(captured.engine, vector), Quality({RECORDED: captured.quality}))
    return sample(engine, _picture(captured.image), CAPTURED)


def _aborted(reference: Reference, cause: Reason, engine: str = "") -> Comparison:
    return Comparison.aborted(Modality.FACE, reference, cause, engine)


def _capture(engine: FaceEngine, live: bytes, alive: Sample | Reason) -> Captured | None:
    if isinstance(alive, Reason):
        return None
    template = alive.template.vector.astype(_FLOATS).tobytes()
    return Captured(FACE, live, template, engine.info.id, alive.quality.score)


def _fingerprints(engines: Engines, live: Mapping[Finger, bytes], known: Mapping[str, Kept]) -> list[Comparison]:
    kept = {finger: known[finger.value].captured.image for finger in Finger if finger.value in known}
    if not kept or not live:
        return []
    rate = engines.policy.false_match_rate
    try:
        return [Comparison.of_fingerprints(compare_fingerprints(engines.fingerprints, kept, live, rate), rate)]
    except Exception as error:  # as above
        name = engines.fingerprints.info.id if engines.fingerprints else ""
        return [Comparison.aborted(Modality.FINGERPRINTS, Reference.CAPTURE, _cause(error), name)]


def _picture(data: bytes) -> Picture:
    return Picture.of_rgb(*rgb(data))


def _cause(error: Exception) -> Reason:
    if isinstance(error, UnreadableError):
        return error.reason
    return Reason("the engine failed with %(error)s", error=type(error).__name__)
