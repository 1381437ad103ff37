"""Writing the narrative and publishing editions. What is published is kept as it was printed."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, RefusedError
from gatehouse.performance.domain.codec import digest, from_plain, text_digest, to_plain
from gatehouse.performance.domain.narrative import parse
from gatehouse.performance.domain.report import State
from gatehouse.performance.models import Edition, NarrativePart, PublishedValue
from gatehouse.performance.selectors.reports import report_of, writers_of
from gatehouse.performance.services.locking import lock_to_publish, lock_to_record
from gatehouse.platform.actors import Actor


@transaction.atomic
def narrative_write(
    *, clock: Clock, actor: Actor, year: int, part: str, position: int, text: str, after: int | None = None
) -> int:
    """Keep a new revision of one part of the narrative; gives its number. The same text again changes nothing.

    `after` is the revision that the writer had before them. Raises `ForbiddenError`; `UnreadableError` where the text
    cannot be read; `ConflictError` where somebody else wrote a later revision meanwhile.
    """
    actor.require("performance.record")
    parse(text)
    lock_to_record(f"narrative.{year}.{part}")
    last = NarrativePart.objects.filter(year=year, part=part).order_by("-revision").first()
    revision = last.revision if last else 0
    if after is not None and after != revision:
        raise ConflictError("somebody else wrote this part of the narrative meanwhile: read it, then write yours again")
    if last and (last.text, last.position) == (text, position):
        return revision
    NarrativePart.objects.create(
        year=year,
        part=part,
        position=position,
        revision=revision + 1,
        text=text,
        written_by=str(actor),
        written_at=clock.now(),
    )
    leaf_append(
        clock=clock,
        actor=str(actor),
        action="performance.narrative_write",
        detail={"year": year, "part": part, "revision": revision + 1},
    )
    return revision + 1


@transaction.atomic
def published_value_record(
    *,
    clock: Clock,
    actor: Actor,
    year: int,
    figure: str,
    style: str,
    printed: str,
    source: str,
    note: Mapping[str, str],
) -> bool:
    """Record what a report made elsewhere printed for a figure; whether it is new. The same again changes nothing.

    Raises `ForbiddenError`, and `ConflictError` where something else is recorded for it.
    """
    actor.require("performance.record")
    found, created = PublishedValue.objects.get_or_create(
        year=year,
        figure=figure,
        style=style,
        defaults={
            "printed": printed,
            "source": source,
            "note": dict(note),
            "recorded_by": str(actor),
            "recorded_at": clock.now(),
        },
    )
    if not created and (found.printed, found.source, found.note) != (printed, source, dict(note)):
        raise ConflictError("%(figure)s is recorded as printed %(printed)s", figure=figure, printed=found.printed)
    if created:
        leaf_append(
            clock=clock,
            actor=str(actor),
            action="performance.published_value_record",
            detail={"year": year, "figure": figure, "printed": printed, "source": source},
        )
    return created


@transaction.atomic
def edition_publish(*, clock: Clock, actor: Actor, year: int, reason: str = "", seen: str = "") -> int:
    """Freeze the year's report as its next edition; gives its number. A later one holds its errata with both values.

    Raises `ForbiddenError`; `RefusedError` where a figure is missing or was typed, where the publisher wrote a
    part of the narrative as it stands, where nothing changed since the edition before, or a later one says no reason.
    `seen` is the `text_digest` of the proof that the publisher read: `ConflictError` where it prints otherwise now.
    """
    actor.require("performance.publish")
    lock_to_publish()
    writers = writers_of(year)
    if str(actor) in writers:
        raise RefusedError("who wrote the narrative does not publish it: somebody else must")
    last = Edition.objects.filter(year=year).order_by("-number").first()
    number = last.number + 1 if last else 1
    if last and not reason.strip():
        raise RefusedError("a later edition says why the one before was not right any more")
    report = report_of(year, clock=clock, reader=actor, state=State.PUBLISHED, edition=number, reason=reason)
    if seen and seen != text_digest(report):
        raise ConflictError("the report changed since you looked at it: read it again before you publish it")
    if last and text_digest(report) == text_digest(from_plain(last.report)):
        raise RefusedError("nothing changed since edition %(number)s", number=last.number)
    kept_as = digest(report)
    Edition.objects.create(
        year=year,
        number=number,
        report=to_plain(report),
        digest=kept_as,
        written_by=writers[-1],
        published_by=str(actor),
        published_at=clock.now(),
        reason=reason if last else "",
    )
    leaf_append(
        clock=clock,
        actor=str(actor),
        action="performance.edition_publish",
        detail={"year": year, "edition": number, "digest": kept_as, "reason": reason},
    )
    return number
