"""What stands behind what the console shows: what it is, from what, when, by which version."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from gatehouse import __version__
from gatehouse.border.api import Comparison, InspectionView
from gatehouse.device.reading_report import ReadingReport
from gatehouse.documents.pki.sources import Source
from gatehouse.kernel.results import Check
from gatehouse.law.capture import Modality
from gatehouse.web import words
from gatehouse.web.console.biometrics import attack_word, comparison_id, one_in
from gatehouse.web.evidence import Evidence
from gatehouse.web.templatetags.gatehouse import check_name, moment, said

_WITHIN_CHIP = "chip."


def evidence_of(view: InspectionView, *, with_log: bool = False) -> tuple[Evidence, ...]:
    """The proposal, each check, the comparison and each hit, in the order of the screen; then, for who may read it,
    the inspection log."""
    entries = [_of_proposal(view), *(_of_check(check, view) for check in view.document.checks)]
    if view.document.report is not None:
        entries.append(_of_reading(view.document.report, view))
    entries += [_of_comparison(each, view) for each in view.comparisons] or [_of_check(view.comparison, view)]
    hits = (_of_hit(number, view) for number in range(len(view.hits)))
    return (*entries, *hits, *((_of_log(view),) if with_log else ()))


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
    if used := [each for each in document.versions if each.kind in words.CHECK_VERSIONS.get(check.id, ())]:
        facts.append((_("Versions used"), format_html_join(_("; "), "{}", map(_version, used))))
    if check.id in words.REPORTED_CHECKS:
        facts.append((_("Seen by"), _("the agent of the desk while the chip lay there; the centre cannot repeat it")))
    status = words.RESULTS[check.result]
    return Evidence(check.id, check_name(check.id), status, (*facts, (_("Check"), check.id), *_when(view)))


def _of_comparison(found: Comparison, view: InspectionView) -> Evidence:
    """All that a court would ask for: engine, score and threshold, what the threshold means, qualities, attack."""
    facts: list[tuple[Any, Any]] = [
        (_("Finding"), said(found.reason)),
        (_("Rule"), words.CHECK_RULES[found.check.id]),
    ]
    if found.engine:
        note = f" · {words.DEMONSTRATION.word}" if found.demonstration else ""
        facts.append((_("Engine"), f"{found.engine}{note}"))
    if found.score is not None and found.threshold is not None and found.false_match_rate is not None:
        facts += [
            (_("Score"), f"{found.score:.3f}"),
            (_("Threshold"), f"{found.threshold:.3f}"),
            (_("Different people reach it"), one_in(found.false_match_rate)),
        ]
    for name, quality in (
        (words.REFERENCE_PICTURES[found.reference], found.reference_quality),
        (_("Live picture"), found.live_quality),
    ):
        if quality:
            parts = (f"{words.COMPONENTS.get(each, _('quality'))} {score}" for each, score in quality.items())
            facts.append((name, _(", ").join(parts)))
    if found.modality is Modality.FACE and found.score is not None:
        facts.append((_("Attack"), attack_word(found)))
    if found.milliseconds:
        facts.append((_("Took"), f"{found.milliseconds:.0f} ms"))
    title = format_html("{} {}", check_name(found.check.id), words.REFERENCES[found.reference])
    return Evidence(comparison_id(found), title, words.RESULTS[found.result], (*facts, *_when(view)))


def _of_reading(report: ReadingReport, view: InspectionView) -> Evidence:
    """How the desk read the document: with what, what happened, and how long each step took."""
    steps = report.timings_ms.items()
    facts: list[tuple[Any, Any]] = [
        (_("Chip opened with"), report.access or _("not opened")),
        (_("Devices"), ", ".join(report.devices.values())),
        *((_("At %(ms)d ms") % {"ms": round(event.at_ms)}, said(event.detail.reason())) for event in report.events),
        *((_step(name), f"{taken:.0f} ms") for name, taken in sorted(steps, key=_step_order)),
        (_("Reported by"), report.agent),
    ]
    return Evidence("reading", _("Reading at the desk"), None, (*facts, *_when(view)))


def _of_log(view: InspectionView) -> Evidence:
    """Every check with result, reason and duration, as machines read it. It names no person."""
    forms = [(reverse(f"console_inspection_log_{form}", args=[view.id]), form.upper()) for form in ("xml", "json")]
    links = format_html_join(" · ", '<a href="{}" download>{}</a>', forms)
    facts = ((_("Take it out as"), links), (_("Rule"), "BSI TR-03135-1, 6"), (_("Holds"), _("no data of the person")))
    return Evidence("log", _("Inspection log"), None, (*facts, *_when(view)))


def _step(name: str) -> words.Word:
    """The steps of the desk in words; those within the chip by the name of their file or protocol."""
    return words.STEPS.get(name) or name.removeprefix(_WITHIN_CHIP).upper()


def _step_order(step: tuple[str, float]) -> tuple[int, str]:
    """The steps of the desk in the order of its work, then those within the chip."""
    known = list(words.STEPS)
    return known.index(step[0]) if step[0] in known else len(known), step[0]


def _version(source: Source) -> tuple[Any]:
    issued = f" · {source.issued.isoformat()}" if source.issued else ""
    kind, digest = words.SOURCE_KINDS[source.kind], source.sha256[:16]
    told = format_html('{} <span class="mono">{}{} · {}…</span>', kind, source.name, issued, digest)
    return (told,)


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
