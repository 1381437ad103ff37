"""What biometrics make an inspection find. A score proposes that somebody looks; it decides nothing.

These findings are the centre's alone: a device away from it captures and compares nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gatehouse.border.domain.capture import Capture, named
from gatehouse.border.domain.comparisons import Comparison
from gatehouse.border.domain.words import CaptureState, Finding, Reference
from gatehouse.device.findings import Found
from gatehouse.kernel.results import Reason, Result
from gatehouse.law.capture import Modality

#: What is found anew when something more is captured.
FINDINGS = frozenset(
    {
        Finding.FACE_DIFFERS,
        Finding.FACE_ATTACK,
        Finding.CAPTURE_MISSING,
        Finding.CAPTURE_DECLINED,
        Finding.CAPTURED_DIFFERS,
    }
)


def biometric_findings(captures: Iterable[Capture], comparisons: Iterable[Comparison]) -> Iterator[Found]:
    """In the order in which an officer would read it."""
    asked, compared = tuple(captures), tuple(comparisons)
    if still := _modalities(asked, CaptureState.MISSING):
        yield Found(Finding.CAPTURE_MISSING, Reason("still to be captured: %(what)s (%(article)s)", what=named(still)))
    if declined := _modalities(asked, CaptureState.DECLINED):
        reason = Reason(
            "capture was declined: %(what)s; entry may be refused for it (%(article)s)", what=named(declined)
        )
        yield Found(Finding.CAPTURE_DECLINED, reason)
    if any(each.attack_alarm for each in compared):
        yield Found(
            Finding.FACE_ATTACK, Reason("the live picture looks like an attack: look at the person (%(article)s)")
        )
    for each in compared:
        if each.result is Result.FAILED:
            yield _DIFFERS[each.reference, each.modality]


def _modalities(asked: Iterable[Capture], state: CaptureState) -> list[Modality]:
    return [each.modality for each in asked if each.state is state]


_DIFFERS = {
    (Reference.DOCUMENT, Modality.FACE): Found(
        Finding.FACE_DIFFERS, Reason("the live face does not agree with the document's: compare by eye (%(article)s)")
    ),
    (Reference.CAPTURE, Modality.FACE): Found(
        Finding.CAPTURED_DIFFERS,
        Reason("the live face does not agree with the one captured at entry: compare by eye (%(article)s)"),
    ),
    (Reference.CAPTURE, Modality.FINGERPRINTS): Found(
        Finding.CAPTURED_DIFFERS,
        Reason("the fingerprints do not agree with those captured at entry: find out who this is (%(article)s)"),
    ),
}
