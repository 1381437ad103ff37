"""One comparison of a live face with a document's: everything that was seen, and what it proposes."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

from gatehouse.biometrics.engine import EngineInfo, FaceEngine
from gatehouse.biometrics.pictures import Picture, Template
from gatehouse.biometrics.quality import Quality, quality
from gatehouse.kernel.results import Check, Reason, Result

CHECK = "face_comparison"
DOCUMENT, CAPTURED = Reason("the document's picture"), Reason("the picture captured at entry")
LIVE = Reason("the live picture")
#: The one component of a quality of which only the worst was recorded.
RECORDED = "recorded"


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


@dataclass(frozen=True, slots=True)
class Sample:
    """A face that is ready to be compared. `attack` is that of a live picture, None where the engine cannot tell."""

    template: Template
    quality: Quality
    attack: float | None = None


def sample(engine: FaceEngine, picture: Picture, where: Reason, *, live: bool = False) -> Sample | Reason:
    """The one face of a picture, or why there is none to compare. `where` names the picture."""
    faces = engine.faces(picture)
    if not faces:
        return Reason("no face was found in %(where)s", where=where)
    if len(faces) > 1:
        return Reason("%(count)d faces were found in %(where)s", count=len(faces), where=where)
    [face] = faces
    attack = engine.attack(picture, face) if live else None
    return Sample(engine.template(picture, face), quality(picture, face), attack)


def compare_faces(engine: FaceEngine, document: Picture, live: Picture, policy: Policy) -> FaceComparison:
    """Compare the face of a document with the one in front of the camera. Never raises for what a picture shows."""
    started = time.perf_counter()
    printed, alive = sample(engine, document, DOCUMENT), sample(engine, live, LIVE, live=True)
    found = compare_samples(engine, printed, alive, policy)
    return replace(found, milliseconds=(time.perf_counter() - started) * 1000)


def compare_samples(
    engine: FaceEngine, known: Sample | Reason, live: Sample | Reason, policy: Policy, *, known_as: Reason = DOCUMENT
) -> FaceComparison:
    """Compare what is known of a person (`known_as` says from where) with the live face, either as `sample` gave it."""
    started = time.perf_counter()
    if isinstance(known, Reason):
        return FaceComparison(Result.UNDETERMINED, known, engine.info)
    if isinstance(live, Reason):
        return FaceComparison(Result.UNDETERMINED, live, engine.info)
    score = engine.score(known.template, live.template)
    threshold = engine.calibration.threshold(policy.false_match_rate)
    alarm = live.attack is not None and live.attack > policy.most_attack
    doubt = _doubt(engine, known, live, policy, known_as)
    result, reason = (Result.UNDETERMINED, doubt) if doubt else _proposal(score, threshold)
    return FaceComparison(
        result=result,
        reason=reason,
        engine=engine.info,
        score=score,
        threshold=threshold,
        false_match_rate=policy.false_match_rate,
        document_quality=known.quality,
        live_quality=live.quality,
        attack=live.attack,
        attack_alarm=alarm,
        milliseconds=(time.perf_counter() - started) * 1000,
    )


def _doubt(engine: FaceEngine, known: Sample, live: Sample, policy: Policy, known_as: Reason) -> Reason | None:
    """Why a score says nothing, where it does not."""
    if live.attack is not None and live.attack > policy.most_attack:
        return Reason("the live picture looks like an attack: look at the person")
    for found, what in ((known.quality, known_as), (live.quality, LIVE)):
        if found.score < policy.least_quality:
            return Reason(
                "%(what)s is too poor to judge (%(worst)s %(score)d of 100)",
                what=what,
                worst=_WORST[found.worst],
                score=found.score,
            )
    if engine.info.demonstration and not policy.accept_demonstration:
        return Reason("this engine is for demonstration and decides nothing: compare by eye")
    return None


def _proposal(score: float, threshold: float) -> tuple[Result, Reason]:
    parts = {"score": f"{score:.3f}", "threshold": f"{threshold:.3f}"}
    if score >= threshold:
        return Result.SUCCESSFUL, Reason("the faces agree: score %(score)s, threshold %(threshold)s", **parts)
    return Result.FAILED, Reason("the faces do not agree: score %(score)s, threshold %(threshold)s", **parts)


_WORST = {
    "resolution": Reason("resolution"),
    "sharpness": Reason("sharpness"),
    "contrast": Reason("contrast"),
    "exposure": Reason("exposure"),
    RECORDED: Reason("quality"),
}
