"""What the console shows of biometrics: a score as a place on a scale, never a bare number; qualities in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gatehouse.border.api import Capture, Comparison, InspectionView
from gatehouse.law.capture import Modality
from gatehouse.web import words

#: Where the threshold stands on every scale, of a hundred, so that the eye finds it in the same place.
THRESHOLD = 60.0
_GOOD, _USABLE = 60, 20


@dataclass(frozen=True)
class Scale:
    """One comparison. `mark` is where the score stands, from 0 to 100; None where there is no score."""

    id: str
    comparison: Comparison
    reference: words.Word
    status: words.Status
    mark: float | None
    #: What the place means, for who does not see it.
    said: str
    #: What the threshold means.
    meaning: str
    qualities: tuple[tuple[words.Word, str], ...]
    attack: str


@dataclass(frozen=True)
class CaptureRow:
    modality: words.Word
    status: words.Status
    capture: Capture
    #: The exemption, in the reader's language.
    about: str


def scales(view: InspectionView) -> tuple[Scale, ...]:
    return tuple(map(_scale, view.comparisons))


def capture_rows(view: InspectionView) -> tuple[CaptureRow, ...]:
    return tuple(
        CaptureRow(words.MODALITIES[each.modality], words.CAPTURES[each.state], each, in_language(each.about))
        for each in view.captures
    )


def comparison_id(comparison: Comparison) -> str:
    """The name of its evidence on the page."""
    return f"{comparison.check.id}-{comparison.reference.value}"


def one_in(rate: float) -> str:
    """How often, in words that are easier than a decimal: "1 in 1,000"."""
    return _("1 in %(count)s") % {"count": f"{round(1 / rate):,}"}


def attack_word(comparison: Comparison) -> str:
    if comparison.attack is None:
        return _("this engine cannot tell attacks")
    return _("looks like an attack: look at the person") if comparison.attack_alarm else _("no sign of an attack")


def quality_word(components: Mapping[str, int]) -> str:
    """The worst component in words: a picture is as good as what is worst about it."""
    worst = min(components, key=lambda name: components[name])
    score = components[worst]
    if score >= _GOOD:
        return str(words.GOOD)
    what = words.USABLE if score >= _USABLE else words.POOR
    named = words.COMPONENTS.get(worst)
    return _("%(quality)s (%(component)s)") % {"quality": what, "component": named} if named else str(what)


def place(score: float, threshold: float) -> float:
    """Where a score stands when the threshold is at `THRESHOLD` and a score of 1 at 100; what is lower stands at 0."""
    above = max(1 - threshold, 1e-6)
    return max(0.0, min(100.0, THRESHOLD + (score - threshold) / above * (100 - THRESHOLD)))


def in_language(texts: Mapping[str, str]) -> str:
    """A text of the profile in the reader's language, else in any."""
    return texts.get(get_language() or "") or next(iter(texts.values()), "")


def _scale(found: Comparison) -> Scale:
    scored = found.score is not None and found.threshold is not None
    above = scored and (found.score or 0) >= (found.threshold or 0)
    qualities = (
        (words.REFERENCE_PICTURES[found.reference], found.reference_quality),
        (_("Live picture"), found.live_quality),
    )
    return Scale(
        id=comparison_id(found),
        comparison=found,
        reference=words.REFERENCES[found.reference],
        status=words.RESULTS[found.result],
        mark=place(found.score, found.threshold) if found.score is not None and found.threshold is not None else None,
        said=_("Likeness above the threshold") if above else _("Likeness below the threshold"),
        meaning=_("Threshold: %(rate)s different people reach it") % {"rate": one_in(found.false_match_rate)}
        if found.false_match_rate
        else "",
        qualities=tuple((name, quality_word(found)) for name, found in qualities if found),
        attack=attack_word(found) if found.modality is Modality.FACE and scored else "",
    )
