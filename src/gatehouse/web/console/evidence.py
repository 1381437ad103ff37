"""What stands behind what the console shows: what it is, from what, when, by which version."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from gatehouse import __version__
from gatehouse.border.api import InspectionView
from gatehouse.kernel.results import Check
from gatehouse.web import words
from gatehouse.web.evidence import Evidence
from gatehouse.web.templatetags.gatehouse import check_name, moment, said


def evidence_of(view: InspectionView) -> tuple[Evidence, ...]:
    """The proposal, each check, the comparison and each hit, in the order of the screen."""
    entries = [_of_proposal(view), *(_of_check(check, view) for check in view.document.checks)]
    entries.append(_of_check(view.comparison, view))
    return (*entries, *(_of_hit(number, view) for number in range(len(view.hits))))


def _of_proposal(view: InspectionView) -> Evidence:
    record = format_html('<span class="mono">{}</span>', view.person.traveller)
    why = _("; ").join(said(reason) for reason in view.proposal.reasons)
    facts = (
        (_("Proposed"), words.DECISIONS[view.proposal.kind]),
        (_("Because"), why),
        (_("Record of the traveller"), record),
        *_when(view),
    )
    return Evidence("proposal", _("Proposed decision"), None, facts)


def _of_check(check: Check, view: InspectionView) -> Evidence:
    document = view.document
    source = format_html('<span class="mono">{} {} {}</span>', document.type, document.issuer, document.number)
    facts = [(_("Finding"), said(check.reason)), (_("Document"), source)]
    if rule := words.CHECK_RULES.get(check.id):
        facts.append((_("Rule"), rule))
    if document.signer and check.id in words.SIGNER_CHECKS:
        facts.append((_("Signed by"), document.signer))
    status = words.RESULTS[check.result]
    return Evidence(check.id, check_name(check.id), status, (*facts, (_("Check"), check.id), *_when(view)))


def _of_hit(number: int, view: InspectionView) -> Evidence:
    hit = view.hits[number]
    facts = (
        (_("Kind"), words.LISTS.get(hit.kind, hit.kind)),
        (_("Basis"), hit.basis),
        (_("Why it may be this person"), said(hit.reason)),
        (_("Review"), words.REVIEWS.get(hit.review, hit.review)),
        (_("Entry"), format_html('<span class="mono">{}</span>', hit.entry)),
    )
    return Evidence(f"hit-{number + 1}", _("Entry of a list"), words.ATTENTION, (*facts, *_when(view)))


def _when(view: InspectionView) -> tuple[tuple[str, Any], ...]:
    return ((_("When"), moment(view.opened_at)), (_("By"), f"Gatehouse {__version__}"))
