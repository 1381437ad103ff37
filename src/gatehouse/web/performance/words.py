"""The words of plans, reports and their auditor, as the screens say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
    EventKind.TENDER: pgettext_lazy("event", "tender"),
    EventKind.FAILED_TENDER: pgettext_lazy("event", "failed tender"),
    EventKind.AWARD: pgettext_lazy("event", "award"),
    EventKind.START: pgettext_lazy("event", "start"),
    EventKind.SUSPENSION: pgettext_lazy("event", "suspension"),
    EventKind.PERMIT_TO_RESUME: pgettext_lazy("event", "permit to resume"),
    EventKind.DELIVERY: pgettext_lazy("event", "delivery"),
    EventKind.INSTALLATION: pgettext_lazy("event", "installation"),
    EventKind.ACCEPTANCE: pgettext_lazy("event", "acceptance"),
    EventKind.ENTRY_INTO_SERVICE: pgettext_lazy("event", "entry into service"),
    EventKind.MEASUREMENT: pgettext_lazy("event", "measurement of progress"),
    EventKind.PLAN_REVISION: pgettext_lazy("event", "revision of the plan"),
    EventKind.COURT_ORDER: pgettext_lazy("event", "court order"),
    EventKind.INTERVIEW: pgettext_lazy("event", "interview"),
    EventKind.MEETING: pgettext_lazy("event", "meeting"),
    EventKind.LETTER: pgettext_lazy("event", "letter"),
    EventKind.PERMIT: pgettext_lazy("event", "permit"),
}
#: The states of a device that the ledger of availability knows.
BUCKETS: dict[str, Word] = {
    "up": pgettext_lazy("device", "up"),
    "degraded": pgettext_lazy("device", "degraded"),
    "down": pgettext_lazy("device", "down"),
    "planned": pgettext_lazy("device", "planned work"),
    "out_of_service_hours": pgettext_lazy("device", "outside service hours"),
    "not_commissioned": pgettext_lazy("device", "not in service"),
    "unknown": pgettext_lazy("device", "unknown"),
}
CONTRACT_ROLES: dict[records.Role, Word] = {
    records.Role.CONTRACTOR: _("contractor"),
    records.Role.AGENT_AGENCY: _("agent agency"),
    records.Role.TECHNICAL_SERVICE: _("technical service"),
    records.Role.SUPERVISION: _("independent supervision"),
}
DELIVERABLES: dict[records.DeliverableKind, Word] = {
    records.DeliverableKind.EQUIPMENT: pgettext_lazy("deliverable", "equipment"),
    records.DeliverableKind.SOFTWARE: pgettext_lazy("deliverable", "software"),
    records.DeliverableKind.DOCUMENT: pgettext_lazy("deliverable", "document"),
    records.DeliverableKind.SERVICE: pgettext_lazy("deliverable", "service"),
    records.DeliverableKind.WORKS: pgettext_lazy("deliverable", "works"),
}
VERDICTS = {
    records.Verdict.SUBMITTED: Status(pgettext_lazy("review", "handed in"), "▷", "slate"),
    records.Verdict.RETURNED: Status(pgettext_lazy("review", "returned"), "✕", "red"),
    records.Verdict.APPROVED: Status(pgettext_lazy("review", "approved"), "✓", "green"),
}
NOT_HANDED_IN = Status(_("not handed in"), "○", "grey")
REVIEWERS: dict[records.Reviewer, Word] = {
    records.Reviewer.AGENCY: pgettext_lazy("review", "agency"),
    records.Reviewer.SUPERVISION: pgettext_lazy("review", "independent supervision"),
}
#: The parts of a narrative that every report has; between them stand the plans.
PARTS: dict[str, Word] = {
    "goals": pgettext_lazy("report", "Goals of the year"),
    "results": pgettext_lazy("report", "Results for each goal"),
    "others": pgettext_lazy("report", "Others"),
}

RULES: dict[Rule, Word] = {
    Rule.RATIO: pgettext_lazy("audit", "ratio"),
    Rule.SUM: pgettext_lazy("audit", "sum"),
    Rule.ROUNDING: pgettext_lazy("audit", "rounding"),
    Rule.CAP: pgettext_lazy("audit", "capped rate"),
    Rule.UNITS: pgettext_lazy("audit", "unlike units"),
    Rule.TWO_COUNTS: pgettext_lazy("audit", "two counts"),
    Rule.DATE_ORDER: pgettext_lazy("audit", "order of dates"),
    Rule.LIST_COUNT: pgettext_lazy("audit", "count of a list"),
    Rule.EFFECTIVE_DATE: pgettext_lazy("audit", "effective date"),
    Rule.SPEND_PROGRESS: pgettext_lazy("audit", "spending and progress"),
    Rule.TARGET_QUALITY: pgettext_lazy("audit", "quality of a target"),
    Rule.NO_ACTION: pgettext_lazy("audit", "no corrective action"),
    Rule.ATTRIBUTION: pgettext_lazy("audit", "attribution"),
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
    "ratios": pgettext_lazy("audit", "ratios"),
    "sums": pgettext_lazy("audit", "sums"),
    "units": pgettext_lazy("audit", "units"),
    "counts": pgettext_lazy("audit", "counts"),
    "dates": pgettext_lazy("audit", "dates"),
    "lists": pgettext_lazy("audit", "lists"),
    "laws": pgettext_lazy("audit", "dates of the law"),
    "plans": pgettext_lazy("audit", "plans"),
    "targets": pgettext_lazy("audit", "targets"),
    "attributions": pgettext_lazy("audit", "attributions"),
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
