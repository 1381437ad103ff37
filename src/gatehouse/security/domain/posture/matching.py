"""Which advisories a component falls under: by OSV's own procedure, over an index by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from gatehouse.security.domain.posture.advisories import Advisory, Affected, Range
from gatehouse.security.domain.posture.components import Identity
from gatehouse.security.domain.posture.versions import Scheme, version_key

#: Of events at one version: what begins there comes after a fix, and before the last that is affected.
_ORDER = {"fixed": 0, "introduced": 1, "last_affected": 2}


class Answer(StrEnum):
    AFFECTED = "affected"
    NOT_AFFECTED = "not affected"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Match:
    """`fixed` is the first version from which it is mended, "" where there is none that is known."""

    advisory: Advisory
    answer: Answer
    fixed: str


class AdvisoryIndex:
    """Advisories by ecosystem and name: a component is compared with those of its name alone."""

    def __init__(self, advisories: Iterable[Advisory]) -> None:
        self._by_name: dict[tuple[str, str], list[tuple[Advisory, Affected]]] = {}
        self._covered: set[tuple[str, str]] = set()
        for advisory in advisories:
            for affected in advisory.affected:
                self._by_name.setdefault((affected.ecosystem, affected.name), []).append((advisory, affected))
                self._covered.add((affected.ecosystem, affected.release))

    def covers(self, identity: Identity) -> bool:
        """Whether the feed says anything at all of its ecosystem and release: else its silence says nothing."""
        return not self._covered.isdisjoint({(identity.ecosystem, identity.release), (identity.ecosystem, "")}) or (
            not identity.release and any(ecosystem == identity.ecosystem for ecosystem, _ in self._covered)
        )

    def matches(self, identity: Identity) -> Iterator[Match]:
        """What it is affected by, and what cannot be told; an advisory that does not concern it is left out."""
        found: dict[str, Match] = {}
        for advisory, affected in self._by_name.get((identity.ecosystem, identity.name), ()):
            if affected.release and identity.release and affected.release != identity.release:
                continue
            answer, fixed = judge(affected, identity.version)
            if answer is Answer.AFFECTED and affected.release and not identity.release:
                answer = Answer.UNDETERMINED
            before = found.get(advisory.id)
            if answer is not Answer.NOT_AFFECTED and (before is None or answer is Answer.AFFECTED):
                found[advisory.id] = Match(advisory, answer, fixed)
        yield from found.values()


def judge(affected: Affected, version: str) -> tuple[Answer, str]:
    """Whether a version is affected, and the first later version that is mended.

    OSV schema 1.7, "Evaluation". What can be told of no version, or not of this one, is undetermined: never unaffected.
    """
    answers = [_within(each, version) for each in affected.ranges]
    fixed = next((each for answer, each in answers if answer is Answer.AFFECTED), "")
    if version in affected.versions or any(answer is Answer.AFFECTED for answer, _ in answers):
        return Answer.AFFECTED, fixed
    if _is_listed(affected, version):
        return Answer.AFFECTED, fixed
    if any(answer is Answer.UNDETERMINED for answer, _ in answers) or not (affected.ranges or affected.versions):
        return Answer.UNDETERMINED, ""
    return Answer.NOT_AFFECTED, ""


def _is_listed(affected: Affected, version: str) -> bool:
    """Whether it is one of the versions in another spelling: 1.0 is 1.0.0 in PEP 440."""
    return affected.ecosystem == "PyPI" and any(_is_same(version, each) for each in affected.versions)


def _is_same(one: str, other: str) -> bool:
    try:
        return bool(version_key(Scheme.PEP440, one) == version_key(Scheme.PEP440, other))
    except ValueError:
        return False


def _within(within: Range, version: str) -> tuple[Answer, str]:
    if within.scheme is None:
        return Answer.UNDETERMINED, ""
    scheme = within.scheme
    try:
        here = version_key(scheme, version)
        # "0" is before every version, whatever the scheme
        beginnings = [kind for kind, at in within.events if (kind, at) == ("introduced", "0")]
        events = [(version_key(scheme, at), _ORDER[kind], kind, at) for kind, at in within.events if at != "0"]
    except ValueError:
        return Answer.UNDETERMINED, ""
    events.sort(key=lambda event: event[:2])
    is_affected = bool(beginnings)
    for at, _, kind, _ in events:
        if kind == "introduced" and here >= at:
            is_affected = True
        elif (kind == "fixed" and here >= at) or (kind == "last_affected" and here > at):
            is_affected = False
    if not is_affected:
        return Answer.NOT_AFFECTED, ""
    return Answer.AFFECTED, next((text for at, _, kind, text in events if kind == "fixed" and at > here), "")
