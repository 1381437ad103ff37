"""What the law asks to be captured of a traveller, and how it stands with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from gatehouse.border.domain.words import CaptureState, Direction
from gatehouse.kernel.results import Reason
from gatehouse.law.capture import CaptureRule, Modality

WHAT = {
    frozenset({Modality.FACE}): Reason("the face"),
    frozenset({Modality.FINGERPRINTS}): Reason("fingerprints"),
    frozenset(Modality): Reason("the face and fingerprints"),
}


@dataclass(frozen=True, slots=True)
class Capture:
    """How it stands with one modality. `article` orders it, exempts from it, or says what follows."""

    modality: Modality
    state: CaptureState
    article: str
    #: The exemption in the profile's languages; empty where there is none.
    about: Mapping[str, str] = field(default_factory=dict)
    #: What the officer wrote.
    note: str = ""
    officer: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded of one modality at an inspection."""

    modality: Modality
    state: CaptureState
    #: Of an exemption; empty for the others.
    ground: str
    article: str
    note: str
    officer: str
    at: datetime


def captures(
    rule: CaptureRule | None, *, direction: Direction, age: int | None, recorded: Iterable[Recorded] = ()
) -> tuple[Capture, ...]:
    """Each modality that is asked for at entry, the last record of each counting; none where no rule concerns the
    person, and at exit, where they are recognised by what was captured before.
    """
    if rule is None or direction is not Direction.ENTRY:
        return ()
    last = {each.modality: each for each in recorded}
    return tuple(_capture(rule, modality, age, last.get(modality)) for modality in rule.modalities)


def _capture(rule: CaptureRule, modality: Modality, age: int | None, found: Recorded | None) -> Capture:
    exempt = rule.exempt_by_age(age)
    if found is None:
        if exempt is not None:
            return Capture(modality, CaptureState.EXEMPT, exempt.article, exempt.about)
        return Capture(modality, CaptureState.MISSING, rule.article)
    named = rule.exemption(found.ground)
    about = named.about if named else {}
    return Capture(modality, found.state, found.article, about, found.note, found.officer, found.at)


def recognises(rule: CaptureRule, *, direction: Direction, age: int | None) -> bool:
    """Whether the law has such a person recognised, at this crossing, by what was captured before."""
    return bool(rule.recognition) and direction is not Direction.TRANSIT and rule.exempt_by_age(age) is None


def missing(asked: Iterable[Capture]) -> frozenset[Modality]:
    return frozenset(each.modality for each in asked if each.state is CaptureState.MISSING)


def taken(asked: Iterable[Capture], kept: frozenset[Modality], *, officer: str, at: datetime) -> tuple[Capture, ...]:
    """The same, once what was missing of these modalities is kept."""
    return tuple(
        replace(each, state=CaptureState.TAKEN, officer=officer, at=at) if each.modality in kept else each
        for each in asked
    )


def named(modalities: Iterable[Modality]) -> Reason:
    """Modalities in words."""
    return WHAT[frozenset(modalities)]
