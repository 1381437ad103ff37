"""A comparison of what is before the desk with what is known of a person, as it is kept and shown: never a bare yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gatehouse.biometrics.comparing import CHECK as FACE_CHECK
from gatehouse.biometrics.comparing import FaceComparison
from gatehouse.biometrics.fingerprints import CHECK as FINGERPRINT_CHECK
from gatehouse.biometrics.fingerprints import FingerprintComparison
from gatehouse.border.domain.words import Reference
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.law.capture import Modality

CHECKS = {Modality.FACE: FACE_CHECK, Modality.FINGERPRINTS: FINGERPRINT_CHECK}


@dataclass(frozen=True, slots=True)
class Comparison:
    """`score`, `threshold` and what follows are None where it did not come so far."""

    modality: Modality
    reference: Reference
    result: Result
    reason: Reason
    #: Name and version; empty where there was no engine.
    engine: str = ""
    #: The engine says nothing about people.
    demonstration: bool = False
    score: float | None = None
    threshold: float | None = None
    #: How often two different people reach `threshold`.
    false_match_rate: float | None = None
    #: Components from 0 to 100 by name; None where the engine found no face.
    reference_quality: Mapping[str, int] | None = None
    live_quality: Mapping[str, int] | None = None
    #: 0 to 1; None where the engine cannot tell attacks.
    attack: float | None = None
    attack_alarm: bool = False
    milliseconds: float = 0.0

    @property
    def check(self) -> Check:
        return Check(CHECKS[self.modality], self.result, self.reason)

    @classmethod
    def of_faces(cls, found: FaceComparison, reference: Reference) -> Comparison:
        known, live = found.document_quality, found.live_quality
        return cls(
            Modality.FACE,
            reference,
            found.result,
            found.reason,
            engine=found.engine.id,
            demonstration=found.engine.demonstration,
            score=found.score,
            threshold=found.threshold,
            false_match_rate=found.false_match_rate,
            reference_quality=dict(known.components) if known else None,
            live_quality=dict(live.components) if live else None,
            attack=found.attack,
            attack_alarm=found.attack_alarm,
            milliseconds=found.milliseconds,
        )

    @classmethod
    def of_fingerprints(cls, found: FingerprintComparison, rate: float) -> Comparison:
        return cls(
            Modality.FINGERPRINTS,
            Reference.CAPTURE,
            found.result,
            found.reason,
            engine=found.engine.id if found.engine else "",
            demonstration=found.engine.demonstration if found.engine else False,
            score=found.score,
            threshold=found.threshold,
            false_match_rate=None if found.threshold is None else rate,
        )

    @classmethod
    def aborted(cls, modality: Modality, reference: Reference, cause: Reason, engine: str = "") -> Comparison:
        """The engine failed, or what is on record cannot be opened: nothing is said of the person."""
        reason = Reason("the comparison was given up: %(cause)s", cause=cause)
        return cls(modality, reference, Result.ABORTED, reason, engine=engine)


def most_telling(comparisons: tuple[Comparison, ...]) -> Comparison | None:
    """The one that an officer should see first: one that failed, else the one with the document."""
    return min(
        comparisons, key=lambda each: (each.result is not Result.FAILED, _ORDER.index(each.reference)), default=None
    )


_ORDER = (Reference.DOCUMENT, Reference.CAPTURE)
