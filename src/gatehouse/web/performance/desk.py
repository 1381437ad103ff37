"""The report desk: the narrative beside the page that it makes, what stops publication, and the auditor's notes."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gatehouse.kernel.errors import ConflictError, GatehouseError, UnreadableError
from gatehouse.kernel.results import Reason
from gatehouse.performance.api import (
    Format,
    State,
    editions_of,
    narrative_write,
    paper_audited,
    plans_of,
    report_of,
    report_paper,
)
from gatehouse.platform.permissions import allowed
from gatehouse.web.clock import CLOCK
from gatehouse.web.performance.answering import clearly, reader_of
from gatehouse.web.performance.figures import Figures
from gatehouse.web.performance.parts import Part, PartForm, part_of, parts_of
from gatehouse.web.performance.sheet import Sheet, sheet_of
from gatehouse.web.performance.words import CONFIDENCES, RULES, SEVERITIES
from gatehouse.web.performance.years import years_for
from gatehouse.web.permissions import permission
from gatehouse.web.words import WELL


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one of two texts; `changed` where the other has something else."""

    text: str
    changed: bool


@permission("performance.read")
@clearly
def desk(request: HttpRequest, year: int) -> HttpResponse:
    """The desk of a year; `?part=` says which part of the narrative is open."""
    parts = parts_of(year, reader=reader_of(request))
    asked = request.GET.get("part", "")
    part = part_of(parts, asked) if asked else next((each for each in parts if each.revision), parts[0])
    form = PartForm(initial={"text": part.text, "after": part.revision})
    return _desk(request, year, parts, part, form=form)


@permission("performance.record")
@clearly
def write(request: HttpRequest, year: int, part: str) -> HttpResponse:
    """Keep a part as it was written. What somebody else wrote meanwhile is shown beside it, and both stay."""
    parts = parts_of(year, reader=reader_of(request))
    found = part_of(parts, part)
    back = f"{reverse('performance_desk', args=(year,))}?part={part}"
    if request.method != "POST":
        return redirect(back)
    form = PartForm(request.POST)
    if not form.is_valid():
        return _desk(request, year, parts, found, form=form, status=400)
    written, after = form.cleaned_data["text"], form.cleaned_data["after"]
    try:
        revision = narrative_write(
            clock=CLOCK,
            actor=reader_of(request),
            year=year,
            part=part,
            position=found.position,
            text=written,
            after=after,
        )
    except ConflictError:
        return _conflict(request, year, found, written)
    except UnreadableError as error:
        form.add_error("text", Figures(year).said(error.reason))
        return _desk(request, year, parts, found, form=form, status=400)
    if revision == after:
        messages.info(request, _("Nothing changed: revision %(number)s stands.") % {"number": revision})
    else:
        messages.success(request, _("Kept as revision %(number)s.") % {"number": revision})
    return redirect(back)


def _desk(
    request: HttpRequest, year: int, parts: list[Part], part: Part, *, form: PartForm, status: int = 200
) -> HttpResponse:
    sheet, missing, findings, broken = _draft(request, year)
    editions = editions_of(year)
    context: dict[str, Any] = {
        "year": year,
        "years": years_for(year, reader=reader_of(request)),
        "parts": parts,
        "part": part,
        "form": form,
        "may_write": allowed(request.user, "performance.record"),
        "may_publish": allowed(request.user, "performance.publish"),
        "sheet": sheet,
        "missing": missing,
        "typed": [each for each in parts if each.typed],
        "findings": findings,
        "broken": broken,
        "editions": editions,
        "formats": list(Format),
        "well": WELL,
        "rules": RULES,
        "severities": SEVERITIES,
        "confidences": CONFIDENCES,
        "evidence": sheet.evidence if sheet else (),
    }
    return render(request, "performance/desk.html", context, status=status)


def _draft(request: HttpRequest, year: int) -> tuple[Sheet | None, tuple[str, ...], list[Any], Reason | None]:
    """The page of the draft with what stops it; none where nobody wrote anything, or what was written cannot be set."""
    reader = reader_of(request)
    try:
        report = report_of(year, clock=CLOCK, reader=reader, state=State.DRAFT)
    except GatehouseError as error:
        return None, (), [], error.reason
    paper = report_paper(report)
    findings = paper_audited(paper, reader=reader)
    figures = Figures(year, {plan.code: plan.terms.name for plan in plans_of(year, reader=reader)})
    return sheet_of(report, figures, paper, findings), report.missing, list(enumerate(findings, 1)), None


def _conflict(request: HttpRequest, year: int, theirs: Part, mine: str) -> HttpResponse:
    """Both texts beside each other. Saving from here replaces the revision that is shown, and no later one."""
    form = PartForm(initial={"text": mine, "after": theirs.revision})
    left, right = compared(theirs.text, mine)
    context = {"year": year, "part": theirs, "form": form, "theirs": left, "mine": right}
    return render(request, "performance/conflict.html", context, status=409)


def compared(theirs: str, mine: str) -> tuple[list[Piece], list[Piece]]:
    """Two texts in stretches that are the same and stretches that are not."""
    left: list[Piece] = []
    right: list[Piece] = []
    before, after = theirs.splitlines(keepends=True), mine.splitlines(keepends=True)
    for kind, one, other, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        changed = kind != "equal"
        if one < other:
            left.append(Piece("".join(before[one:other]), changed))
        if first < last:
            right.append(Piece("".join(after[first:last]), changed))
    return left, right
