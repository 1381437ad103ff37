"""The engines that the settings name: what compares faces, what compares fingerprints, and at which rate."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from functools import cache

from gatehouse.biometrics.comparing import Policy
from gatehouse.biometrics.engine import FaceEngine
from gatehouse.biometrics.fingerprints import FingerprintEngine
from gatehouse.biometrics.onnx import OnnxEngine
from gatehouse.biometrics.reference import ReferenceEngine
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Reason
from gatehouse.platform.config import Config, Mode, config

#: The most that BSI TR-03121-3 allows, and what the drawn faces of the demo bear.
_RATE, _DEMO_RATE = 0.001, 0.05


@dataclass(frozen=True, slots=True)
class Engines:
    """What compares here; None where nothing does."""

    face: FaceEngine | None = None
    fingerprints: FingerprintEngine | None = None
    policy: Policy = field(default_factory=Policy)
    #: Why the engine that the settings name is not there.
    fault: Reason | None = None


@cache
def engines() -> Engines:
    """The engines of this installation, loaded once. One that cannot be loaded is missing, and `fault` says why."""
    settings = config()
    faults: list[Reason] = []
    face = fingerprints = None
    try:
        face = _face(settings)
    except UnreadableError as error:
        faults.append(error.reason)
    try:
        fingerprints = _fingerprints(settings.fingerprint_engine)
    except UnreadableError as error:
        faults.append(error.reason)
    return Engines(face, fingerprints, _policy(settings), faults[0] if faults else None)


def _face(settings: Config) -> FaceEngine | None:
    if settings.face_engine is not None:
        return OnnxEngine(settings.face_engine)
    return ReferenceEngine() if settings.mode in (Mode.DEMO, Mode.TRAINING) else None


def _policy(settings: Config) -> Policy:
    """An engine for demonstration is believed in a demo alone."""
    demo = settings.mode in (Mode.DEMO, Mode.TRAINING)
    rate = settings.face_false_match_rate or (_DEMO_RATE if demo and settings.face_engine is None else _RATE)
    return Policy(false_match_rate=rate, accept_demonstration=demo)


def _fingerprints(named: str | None) -> FingerprintEngine | None:
    if named is None:
        return None
    module, attribute = named.split(":")
    try:
        found: FingerprintEngine = getattr(importlib.import_module(module), attribute)()
    except Exception as error:  # whatever a plug-in may raise
        raise UnreadableError(
            "the engine of fingerprints %(name)s cannot be used: %(cause)s", name=named, cause=str(error)
        ) from error
    return found
