"""The entries of the book that follow from a plan's records. The ids begin with the plan's code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gatehouse.kernel.results import Reason
from gatehouse.performance.domain import records
from gatehouse.performance.domain.achievement import OF_TARGET, Quantity, Unit, achievement
from gatehouse.performance.domain.book import Entry
from gatehouse.performance.domain.budget import MovementKind, account, balances
from gatehouse.performance.domain.drawing import Drawing, Words
from gatehouse.performance.domain.milestones import EventKind
from gatehouse.performance.domain.plan import MilestoneStanding, Plan

_HARDWARE = (records.DeliverableKind.EQUIPMENT, records.DeliverableKind.SOFTWARE, records.DeliverableKind.WORKS)


@dataclass(frozen=True, slots=True)
class PlanEntries:
    """Draws up the entries of one plan and year."""

    plan: Plan
    drawing: Drawing
    words: Words

    def all(self) -> list[Entry]:
        return [*self.milestones(), *self.budget(), *self.events(), *self.contracts()]

    def entry(self, id: str, word: str, value: Any, unit: str, rows: Any, **more: Any) -> Entry:
        """`id` is below the plan's."""
        return self.drawing.entry(f"{self.plan.code}.{id}", self.words.words[word], value, unit, list(rows), **more)

    def milestones(self) -> Iterator[Entry]:
        """Weight, completion, what was earned and its achievement for each; the plan's weighted progress and delay."""
        year, on = self.drawing.year, self.drawing.on
        standings = self.plan.standings(year, on=on)
        for each in standings:
            yield from self._milestone(each)
        if not standings:
            return
        rows = [row for each in standings for row in (each.facts, *each.events)]
        parts = tuple(f"{self.plan.code}.milestones.{each.facts.code}.progress" for each in standings)
        progress = self.plan.weighted_progress(year, on=on)
        yield self.entry("progress", "progress", progress, Unit.PLAN_WEIGHT.value, rows, parts=parts)
        missed = self.plan.missed(year, on=on)
        yield self.entry("milestones.missed", "milestones.missed", len(missed), "milestones", rows)
        open_ = self.plan.missed_without_action(year, on=on)
        reviews = [each for each in self.plan.reviews if each.year == year]
        word = "milestones.missed-without-action"
        yield self.entry(word, word, len(open_), "milestones", [*rows, *reviews])
        if any(each.baseline_ends for each in self.plan.milestones):
            delay = self.plan.delay(on=on)
            value = delay.months if delay else 0
            yield self.entry("delay", "delay", value, "months", self._behind(), notes=self._baseline())

    def _milestone(self, each: MilestoneStanding) -> Iterator[Entry]:
        begin = f"milestones.{each.facts.code}"
        rows = [each.facts, *each.events]
        weight = Fraction(each.facts.weight)
        about = {"about": each.facts.name}
        yield self.entry(f"{begin}.weight", "weight", weight, Unit.PLAN_WEIGHT.value, [each.facts], **about)
        completion = each.progress.completion * 100
        yield self.entry(f"{begin}.completion", "completion", completion, Unit.MILESTONE.value, rows, **about)
        full = {"target": each.facts.weight, **about}
        yield self.entry(f"{begin}.progress", "earned", each.earned, Unit.PLAN_WEIGHT.value, rows, **full)
        rate = achievement(Quantity(each.earned, Unit.PLAN_WEIGHT), Quantity(weight, Unit.PLAN_WEIGHT))
        value = rate if isinstance(rate, Reason) else rate.printed
        parts = tuple(f"{self.plan.code}.{begin}.{part}" for part in ("progress", "weight"))
        yield self.entry(f"{begin}.achievement", "achievement", value, OF_TARGET, rows, parts=parts, **about)

    def _behind(self) -> list[records.Record]:
        delay = self.plan.delay(on=self.drawing.on)
        if delay is None:
            return [each for each in self.plan.milestones if each.baseline_ends]
        code = delay.milestone.code
        moved = (each for each in self.plan.events if code in each.milestones and each.day <= self.drawing.on)
        return [delay.milestone, *moved]

    def _baseline(self) -> tuple[Reason, ...]:
        delay = self.plan.delay(on=self.drawing.on)
        if delay is None or delay.milestone.baseline_ends is None:
            return ()
        return (Reason("the approved plan foresaw it for %(day)s", day=delay.milestone.baseline_ends.isoformat()),)

    def budget(self) -> Iterator[Entry]:
        """What was allocated, spent, owed and saved, both execution rates, and what each item still holds."""
        on = self.drawing.on
        movements = self.plan.movements_of(self.drawing.year, on=on)
        if not movements:
            return
        now = account(movements, on=on)
        by_kind: Mapping[str, tuple[int, tuple[MovementKind, ...]]] = {
            "allocated": (now.allocated, (MovementKind.ALLOCATION,)),
            "spent": (now.spent, (MovementKind.PAYMENT,)),
            "payable": (now.payable, (MovementKind.PAYABLE,)),
            "surplus": (now.surplus, (MovementKind.SURPLUS,)),
        }
        for part, (value, kinds) in by_kind.items():
            rows = [each for each in movements if each.kind in kinds or (part == "payable" and each.settles)]
            yield self.entry(f"budget.{part}", f"budget.{part}", value, self.words.currency, rows)
        for part, rate, of in (
            ("execution-rate", now.execution_rate, ("spent", "allocated")),
            ("execution-rate-with-payables", now.execution_rate_with_payables, (*by_kind,)),
        ):
            rows = [each for each in movements if each.kind is not MovementKind.TRANSFER]
            parts = tuple(f"{self.plan.code}.budget.{each}" for each in of)
            yield self.entry(f"budget.{part}", f"budget.{part}", rate, "% of the allocation", rows, parts=parts)
        yield from self._items()

    def _items(self) -> Iterator[Entry]:
        until = [each for each in self.plan.movements if each.day <= self.drawing.on]
        held = balances(until)
        for item in self.plan.items:
            rows = [each for each in until if item.code in (each.item, each.to_item)]
            begin = f"budget.items.{item.code}"
            yield self.entry(
                f"{begin}.left", "budget.left", held.get(item.code, 0), self.words.currency, rows, about=item.name
            )
            moved = [each for each in rows if each.kind is MovementKind.TRANSFER and each.item == item.code]
            if moved:
                amount = sum(each.amount for each in moved)
                word = "budget.transferred"
                yield self.entry(f"{begin}.transferred", word, amount, self.words.currency, moved, about=item.name)

    def events(self) -> Iterator[Entry]:
        """The day of each event, the bidders of a tender, and how many there were of some kinds."""
        on, since = self.drawing.on, self.drawing.period[0]
        for each in self.plan.events:
            if each.day > on:
                continue
            yield self.entry(f"events.{each.code}.on", "event", each.day, "day", [each], about=each.name)
            if each.bidders is not None:
                yield self.entry(
                    f"events.{each.code}.bidders", "bidders", each.bidders, "bidders", [each], about=each.name
                )
        failed = self.plan.happened(EventKind.FAILED_TENDER, on=on)
        if self.plan.happened(EventKind.TENDER, on=on):
            yield self.entry("tenders.failed", "tenders.failed", len(failed), "tenders", failed)
            this_year = [each for each in failed if each.day >= since]
            yield self.entry("tenders.failed-in-year", "tenders.failed-in-year", len(this_year), "tenders", this_year)
        interviews = self.plan.happened(EventKind.INTERVIEW, on=on, since=since)
        if interviews:
            yield self.entry("interviews", "interviews", len(interviews), "interviews", interviews)
        revisions = self.plan.happened(EventKind.PLAN_REVISION, on=on)
        yield self.entry("revisions.next", "revisions.next", len(revisions) + 1, "ordinal", revisions)

    def contracts(self) -> Iterator[Entry]:
        """The amount of each contract; phases handed in, and the next phase whose documents are to be approved."""
        for each in self.plan.contracts:
            begin = f"contracts.{each.code}"
            if each.amount is not None:
                amount = each.amount
                yield self.entry(f"{begin}.amount", "amount", amount, self.words.currency, [each], about=each.name)
            if self.plan.owed(each.code, *_HARDWARE):
                yield self._phases_delivered(each)
            if self.plan.owed(each.code, records.DeliverableKind.DOCUMENT):
                yield self._next_phase(each)

    def _phases_delivered(self, contract: records.Contract) -> Entry:
        owed = self.plan.owed(contract.code, *_HARDWARE)
        on = self.drawing.on
        open_ = {each.phase for each in owed if self.plan.review_of(each, on=on).submitted_on is None}
        delivered = {each.phase for each in owed} - open_
        id = f"contracts.{contract.code}.phases-delivered"
        return self.entry(
            id, "phases-delivered", len(delivered), "phases", self._with_rounds(owed), about=contract.name
        )

    def _next_phase(self, contract: records.Contract) -> Entry:
        owed = self.plan.owed(contract.code, records.DeliverableKind.DOCUMENT)
        open_ = [each.phase for each in owed if not self.plan.review_of(each, on=self.drawing.on).approved]
        value = min(open_) if open_ else Reason("the documents of every phase are approved")
        id = f"contracts.{contract.code}.next-phase"
        return self.entry(id, "next-phase", value, "ordinal", self._with_rounds(owed), about=contract.name)

    def _with_rounds(self, owed: tuple[records.Deliverable, ...]) -> list[records.Record]:
        return [row for each in owed for row in (each, *self.plan.rounds_of(each)) if not _later(row, self.drawing.on)]


def _later(row: records.Record, on: Any) -> bool:
    return isinstance(row, records.Round) and row.day > on
