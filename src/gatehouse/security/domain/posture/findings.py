"""What is found of a system: each finding says what it rests on and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from gatehouse.kernel.results import Reason
from gatehouse.security.domain.posture.advisories import Exploited, FeedVersion
from gatehouse.security.domain.posture.components import Component, identity_of
from gatehouse.security.domain.posture.matching import AdvisoryIndex, Answer, Match

#: A feed whose newest entry is older has not been renewed.
OLDEST_FEED = timedelta(days=7)
_LEVELS = ("critical", "high", "medium", "low", "")
#: What nobody graded is looked at before what somebody graded as less than high.
_URGENCY = ("critical", "high", "", "medium", "low")


class Kind(StrEnum):
    VULNERABILITY = "vulnerability"
    #: It may be affected: the advisory or the version cannot be read well enough to tell.
    UNDETERMINED = "undetermined"
    EXPIRY = "expiry"
    FEED = "feed"


@dataclass(frozen=True)
class Finding:
    """`level` is one of critical, high, medium, low, or "" where nobody said how bad it is.

    `open_since` is when the advisory was published or the term ran out, None where that is not said.
    """

    kind: Kind
    level: str
    subject: str
    ids: tuple[str, ...]
    evidence: Reason
    action: Reason
    open_since: datetime | None = None

    @property
    def rank(self) -> tuple[int, str, str, tuple[str, ...]]:
        return _URGENCY.index(self.level), self.kind, self.subject, self.ids


@dataclass(frozen=True)
class Checked:
    """`unchecked`: components of which the feed can say nothing. Its silence on them is no good news."""

    findings: tuple[Finding, ...]
    checked: int
    unchecked: tuple[Component, ...]


def check_components(
    components: Iterable[Component], index: AdvisoryIndex, exploited: Mapping[str, Exploited]
) -> Checked:
    """What is known to be wrong with components, the worst first."""
    findings: list[Finding] = []
    unchecked: list[Component] = []
    checked = 0
    for component in components:
        identity = identity_of(component)
        if identity is None or not index.covers(identity):
            unchecked.append(component)
            continue
        checked += 1
        findings += [_finding(component, same, exploited) for same in _same(list(index.matches(identity)))]
    return Checked(tuple(sorted(findings, key=lambda each: each.rank)), checked, tuple(unchecked))


def _same(matches: Sequence[Match]) -> list[list[Match]]:
    """Matches that speak of one vulnerability by different names, together."""
    groups: list[tuple[set[str], list[Match]]] = []
    for match in matches:
        names, members = {match.advisory.id, *match.advisory.aliases}, [match]
        apart = []
        for group in groups:
            if names.isdisjoint(group[0]):
                apart.append(group)
            else:
                names, members = names | group[0], group[1] + members
        groups = [*apart, (names, members)]
    return [members for _, members in groups]


def _finding(component: Component, matches: Sequence[Match], exploited: Mapping[str, Exploited]) -> Finding:
    affected = [match for match in matches if match.answer is Answer.AFFECTED]
    said = affected or matches
    names = {name for match in said for name in (match.advisory.id, *match.advisory.aliases)}
    about = names | {name for match in said for name in match.advisory.upstream}
    known = next((exploited[name] for name in sorted(about) if name in exploited), None)
    level = min((match.advisory.level for match in said), key=_LEVELS.index)
    published = min((match.advisory.published for match in said if match.advisory.published), default=None)
    subject = component.purl
    summary = next((match.advisory.summary for match in said if match.advisory.summary), said[0].advisory.id)
    if not affected:
        evidence = Reason(
            "whether it falls under %(id)s cannot be told: %(summary)s", id=said[0].advisory.id, summary=summary
        )
        action = Reason("read the advisory and say whether it concerns version %(version)s", version=component.version)
        return Finding(Kind.UNDETERMINED, "", subject, tuple(sorted(names)), evidence, action, published)
    evidence = Reason("version %(version)s is affected: %(summary)s", version=component.version, summary=summary)
    fixed = next((match.fixed for match in affected if match.fixed), "")
    action = (
        Reason("update to %(fixed)s or later", fixed=fixed)
        if fixed
        else Reason("no mended version is known: shield it or take it out")
    )
    if known is not None:
        evidence = Reason("%(evidence)s; it is exploited (%(cve)s)", evidence=evidence, cve=known.cve)
        action = Reason("at once: %(action)s", action=action)
        level = "critical"
    return Finding(Kind.VULNERABILITY, level, subject, tuple(sorted(names)), evidence, action, published)


def check_feed(name: str, feed: FeedVersion, now: datetime) -> Finding | None:
    """Whether a feed is too old to rely on, or does not say how old it is; None where it is neither."""
    action = Reason("bring a new export of the feed")
    if feed.newest is None:
        return Finding(Kind.FEED, "medium", name, (), Reason("it does not say how old it is"), action)
    age = now - feed.newest
    if age <= OLDEST_FEED:
        return None
    evidence = Reason("its newest entry is %(days)d days old", days=age.days)
    return Finding(Kind.FEED, "medium", name, (), evidence, action, feed.newest + OLDEST_FEED)
