"""The words of plans, reports and their auditor, as the screens say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from gatehouse.performance.api import (
    STATE_WORDS,
    Confidence,
    EventKind,
    MilestoneStanding,
    MilestoneState,
    PlanYear,
    Rule,
    Severity,
    records,
)
from gatehouse.platform.wording import said
from gatehouse.web.words import Status

if TYPE_CHECKING:
    from gatehouse.web.words import Word

_SHAPES = {
    MilestoneState.PLANNED: ("○", "grey"),
    MilestoneState.TENDERED: ("△", "slate"),
    MilestoneState.FAILED_TENDER: ("✕", "red"),
    MilestoneState.AWARDED: ("◇", "slate"),
    MilestoneState.UNDER_WAY: ("▷", "slate"),
    MilestoneState.SUSPENDED: ("⊘", "amber"),
    MilestoneState.DELIVERED: ("◑", "slate"),
    MilestoneState.INSTALLED: ("◕", "slate"),
    MilestoneState.ACCEPTED: ("✓", "green"),
    MilestoneState.IN_SERVICE: ("✓", "green"),
}
COMPLETE = Status(_("complete"), "✓", "green")
NO_ACTION = Status(_("missed, no corrective action"), "✕", "red")
MISSED = Status(_("missed, action decided"), "!", "amber")
AHEAD = Status(_("still to come"), "○", "grey")
RUNNING = Status(_("on the way"), "▷", "slate")

#: Whether an indicator reached its target.
REACHED = {"yes": Status(_("reached"), "✓", "green"), "no": Status(_("not reached"), "✕", "red")}

EVENTS: dict[EventKind, Word] = {
    EventKind.TENDER: _("tender"),
    EventKind.FAILED_TENDER: _("failed tender"),
    EventKind.AWARD: _("award"),
    EventKind.START: _("start"),
    EventKind.SUSPENSION: _("suspension"),
    EventKind.PERMIT_TO_RESUME: _("permit to resume"),
    EventKind.DELIVERY: _("delivery"),
    EventKind.INSTALLATION: _("installation"),
    EventKind.ACCEPTANCE: _("acceptance"),
    EventKind.ENTRY_INTO_SERVICE: _("entry into service"),
    EventKind.MEASUREMENT: _("measurement of progress"),
    EventKind.PLAN_REVISION: _("revision of the plan"),
    EventKind.COURT_ORDER: _("court order"),
    EventKind.INTERVIEW: _("interview"),
    EventKind.MEETING: _("meeting"),
    EventKind.LETTER: _("letter"),
    EventKind.PERMIT: _("permit"),
}
#: The states of a device that the ledger of availability knows.
BUCKETS: dict[str, Word] = {
    "up": _("up"),
    "degraded": _("degraded"),
    "down": _("down"),
    "planned": _("planned work"),
    "out_of_service_hours": _("outside service hours"),
    "not_commissioned": _("not in service"),
    "unknown": _("unknown"),
}
CONTRACT_ROLES: dict[records.Role, Word] = {
    records.Role.CONTRACTOR: _("contractor"),
    records.Role.AGENT_AGENCY: _("agent agency"),
    records.Role.TECHNICAL_SERVICE: _("technical service"),
    records.Role.SUPERVISION: _("independent supervision"),
}
DELIVERABLES: dict[records.DeliverableKind, Word] = {
    records.DeliverableKind.EQUIPMENT: _("equipment"),
    records.DeliverableKind.SOFTWARE: _("software"),
    records.DeliverableKind.DOCUMENT: _("document"),
    records.DeliverableKind.SERVICE: _("service"),
    records.DeliverableKind.WORKS: _("works"),
}
VERDICTS = {
    records.Verdict.SUBMITTED: Status(_("handed in"), "▷", "slate"),
    records.Verdict.RETURNED: Status(_("returned"), "✕", "red"),
    records.Verdict.APPROVED: Status(_("approved"), "✓", "green"),
}
NOT_HANDED_IN = Status(_("not handed in"), "○", "grey")
REVIEWERS: dict[records.Reviewer, Word] = {
    records.Reviewer.AGENCY: _("agency"),
    records.Reviewer.SUPERVISION: _("independent supervision"),
}
#: The parts of a narrative that every report has; between them stand the plans.
PARTS: dict[str, Word] = {
    "goals": _("Goals of the year"),
    "results": _("Results for each goal"),
    "others": _("Others"),
}

RULES: dict[Rule, Word] = {
    Rule.RATIO: _("ratio"),
    Rule.SUM: _("sum"),
    Rule.ROUNDING: _("rounding"),
    Rule.CAP: _("capped rate"),
    Rule.UNITS: _("unlike units"),
    Rule.TWO_COUNTS: _("two counts"),
    Rule.DATE_ORDER: _("order of dates"),
    Rule.LIST_COUNT: _("count of a list"),
    Rule.EFFECTIVE_DATE: _("effective date"),
    Rule.SPEND_PROGRESS: _("spending and progress"),
    Rule.TARGET_QUALITY: _("quality of a target"),
    Rule.NO_ACTION: _("no corrective action"),
    Rule.ATTRIBUTION: _("attribution"),
}
SEVERITIES = {
    Severity.HIGH: Status(_("a figure or date is wrong"), "✕", "red"),
    Severity.MEDIUM: Status(_("contradiction"), "!", "amber"),
    Severity.LOW: Status(_("to be noted"), "?", "slate"),
}
CONFIDENCES: dict[Confidence, Word] = {
    Confidence.HIGH: _("follows from what is printed"),
    Confidence.MEDIUM: _("follows from what is commonly meant"),
    Confidence.LOW: _("a question to the writer"),
}
#: What an audit compares, in the order in which it is shown.
CHECKED: dict[str, Word] = {
    "ratios": _("ratios"),
    "sums": _("sums"),
    "units": _("units"),
    "counts": _("counts"),
    "dates": _("dates"),
    "lists": _("lists"),
    "laws": _("dates of the law"),
    "plans": _("plans"),
    "targets": _("targets"),
    "attributions": _("attributions"),
}


def state_status(state: MilestoneState) -> Status:
    """The state that a milestone's events brought it to."""
    return Status(said(STATE_WORDS[state]), *_SHAPES[state])


def standing_status(plan: PlanYear, milestone: MilestoneStanding) -> Status:
    """Where a milestone stands against its schedule."""
    if milestone.complete:
        return COMPLETE
    if milestone in plan.missed_without_action:
        return NO_ACTION
    if milestone in plan.missed:
        return MISSED
    return RUNNING if milestone.progress.began_on else AHEAD
