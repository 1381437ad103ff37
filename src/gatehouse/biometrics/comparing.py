"""One comparison of a live face with a document's: everything that was seen, and what it proposes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from gatehouse.biometrics.engine import EngineInfo, FaceEngine
from gatehouse.biometrics.pictures import Face, Picture
from gatehouse.biometrics.quality import Quality, quality
from gatehouse.kernel.results import Check, Reason, Result

CHECK = "face_comparison"
DOCUMENT, LIVE = Reason("the document's picture"), Reason("the live picture")


@dataclass(frozen=True, slots=True)
class Policy:
    """`false_match_rate` is at most 0.1 % by BSI TR-03121-3.1 (0.01 % recommended).

    An attack score above `most_attack` is an alarm. Pictures below `least_quality` are not judged. What an engine for
    demonstration finds counts only where `accept_demonstration` is set, as in the demo.
    """

    false_match_rate: float = 0.001
    least_quality: int = 20
    most_attack: float = 0.5
    accept_demonstration: bool = False


@dataclass(frozen=True, slots=True)
class FaceComparison:
    """What was compared and found. `score`, `threshold` and what follows are None where it did not come so far."""

    result: Result
    reason: Reason
    engine: EngineInfo
    score: float | None = None
    threshold: float | None = None
    #: How often two different people reach `threshold`.
    false_match_rate: float | None = None
    document_quality: Quality | None = None
    live_quality: Quality | None = None
    #: 0 to 1; None where the engine cannot tell attacks.
    attack: float | None = None
    attack_alarm: bool = False
    milliseconds: float = 0.0

    def as_check(self) -> Check:
        return Check(CHECK, self.result, self.reason)

    def as_dict(self) -> dict[str, Any]:
        """Plain data without the pictures or templates: what is logged of a comparison."""
        qualities = {"document": self.document_quality, "live": self.live_quality}
        return {
            "result": self.result.value,
            "reason": str(self.reason),
            "engine": self.engine.id,
            "demonstration": self.engine.demonstration,
            "score": self.score,
            "threshold": self.threshold,
            "false_match_rate": self.false_match_rate,
            "quality": {name: dict(found.components) if found else None for name, found in qualities.items()},
            "attack": self.attack,
            "attack_alarm": self.attack_alarm,
            "milliseconds": round(self.milliseconds, 1),
        }


def compare_faces(engine: FaceEngine, document: Picture, live: Picture, policy: Policy) -> FaceComparison:
    """Compare the face of a document with the one in front of the camera. Never raises for what a picture shows."""
    started = time.perf_counter()
    seen = _Seen(engine, policy)
    result, reason = seen.judge(document, live)
    return FaceComparison(
        result=result,
        reason=reason,
        engine=engine.info,
        score=seen.score,
        threshold=seen.threshold,
        false_match_rate=policy.false_match_rate if seen.threshold is not None else None,
        document_quality=seen.document_quality,
        live_quality=seen.live_quality,
        attack=seen.attack,
        attack_alarm=seen.attack is not None and seen.attack > policy.most_attack,
        milliseconds=(time.perf_counter() - started) * 1000,
    )


@dataclass(slots=True)
class _Seen:
    engine: FaceEngine
    policy: Policy
    score: float | None = None
    threshold: float | None = None
    document_quality: Quality | None = None
    live_quality: Quality | None = None
    attack: float | None = None

    def judge(self, document: Picture, live: Picture) -> tuple[Result, Reason]:
        printed, alive = self.engine.faces(document), self.engine.faces(live)
        doubt = _one_face(printed, DOCUMENT) or _one_face(alive, LIVE)
        if doubt:
            return Result.UNDETERMINED, doubt
        self.document_quality, self.live_quality = quality(document, printed[0]), quality(live, alive[0])
        self.attack = self.engine.attack(live, alive[0])
        one, other = self.engine.template(document, printed[0]), self.engine.template(live, alive[0])
        self.score = self.engine.score(one, other)
        self.threshold = self.engine.calibration.threshold(self.policy.false_match_rate)
        return self._proposal(self.score, self.threshold)

    def _proposal(self, score: float, threshold: float) -> tuple[Result, Reason]:
        if self.attack is not None and self.attack > self.policy.most_attack:
            return Result.UNDETERMINED, Reason("the live picture looks like an attack: look at the person")
        for found, what in ((self.document_quality, DOCUMENT), (self.live_quality, LIVE)):
            if found is not None and found.score < self.policy.least_quality:
                return Result.UNDETERMINED, Reason(
                    "%(what)s is too poor to judge (%(worst)s %(score)d of 100)",
                    what=what,
                    worst=_WORST[found.worst],
                    score=found.score,
                )
        if self.engine.info.demonstration and not self.policy.accept_demonstration:
            return Result.UNDETERMINED, Reason("this engine is for demonstration and decides nothing: compare by eye")
        parts = {"score": f"{score:.3f}", "threshold": f"{threshold:.3f}"}
        if score >= threshold:
            return Result.SUCCESSFUL, Reason("the faces agree: score %(score)s, threshold %(threshold)s", **parts)
        return Result.FAILED, Reason("the faces do not agree: score %(score)s, threshold %(threshold)s", **parts)


_WORST = {
    "resolution": Reason("resolution"),
    "sharpness": Reason("sharpness"),
    "contrast": Reason("contrast"),
    "exposure": Reason("exposure"),
}


def _one_face(faces: tuple[Face, ...], where: Reason) -> Reason | None:
    if not faces:
        return Reason("no face was found in %(where)s", where=where)
    if len(faces) > 1:
        return Reason("%(count)d faces were found in %(where)s", count=len(faces), where=where)
    return None
