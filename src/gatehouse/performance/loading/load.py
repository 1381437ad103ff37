"""Loading the records of years: all files are read first, then everything is stored, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction

from gatehouse.border.api import tallies_load
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import GatehouseError
from gatehouse.kernel.results import Reason
from gatehouse.monitoring.api import equipment_load
from gatehouse.performance.loading.files import YearFolder, kinds_of, read_year, year_folders
from gatehouse.performance.selectors.reports import narrative_of, text_is_known
from gatehouse.performance.services.budget import budget_item_open, budget_movement_record
from gatehouse.performance.services.contracts import contract_record, deliverable_round_record, deliverable_set
from gatehouse.performance.services.editions import narrative_write, published_value_record
from gatehouse.performance.services.facts import fact_record
from gatehouse.performance.services.plans import milestone_set, plan_event_record, plan_register, review_record
from gatehouse.performance.services.targets import targets_load
from gatehouse.platform.actors import Actor

#: The service for each kind of record of a plan, with the name it gives the record.
_SERVICES: Mapping[str, tuple[Callable[..., bool], str]] = {
    "milestones": (milestone_set, "milestone"),
    "contracts": (contract_record, "contract"),
    "events": (plan_event_record, "event"),
    "budget.items": (budget_item_open, "item"),
    "budget.movements": (budget_movement_record, "movement"),
    "deliverables": (deliverable_set, "deliverable"),
    "rounds": (deliverable_round_record, "step"),
    "reviews": (review_record, "review"),
}


#: Loaders of the other records in a year's folder: each reads its own files and gives how many rows of each were new.
OTHERS: tuple[Callable[..., Mapping[str, int]], ...] = (equipment_load, tallies_load, targets_load)


def years_load(folder: Path, *, clock: Clock, actor: Actor, reason: str = "") -> dict[int, dict[str, int]]:
    """Load a year's folder, or all those in a folder; gives how many records of each kind were new, by year.

    The same again changes nothing. What is recorded otherwise is corrected where a `reason` says why. Raises
    `ForbiddenError`; `UnreadableError`, `RefusedError`, `ConflictError` or `NotFoundError`, each with the file and the
    record; nothing of any year is stored then.
    """
    actor.require("performance.record")
    years = [read_year(each) for each in year_folders(folder)]
    with transaction.atomic():
        return {year.year: _Loading(year, clock, actor, reason).run() for year in years}


class _Loading:
    """One year's folder on its way into the store."""

    def __init__(self, year: YearFolder, clock: Clock, actor: Actor, reason: str) -> None:
        self.year, self.reason = year, reason
        self.who: dict[str, Any] = {"clock": clock, "actor": actor}
        self.new: Counter[str] = Counter()

    def run(self) -> dict[str, int]:
        self._plans()
        self._facts()
        self._published()
        self._narrative()
        for load in OTHERS:
            self.new.update(load(self.year.folder, **self.who))
        return {kind: number for kind, number in self.new.items() if number}

    def _plans(self) -> None:
        for plan in self.year.plans:
            code = plan.terms.code
            with self._place("plans.yaml", code):
                self.new["plans"] += plan_register(**self.who, plan=plan.terms, reason=self.reason)
            for kind, rows in kinds_of(plan):
                service, name = _SERVICES[kind]
                for row in rows:
                    with self._place("plans.yaml", f"{code}.{kind}.{row.code}"):
                        self.new[kind] += service(**self.who, plan=code, reason=self.reason, **{name: row})

    def _facts(self) -> None:
        for fact in self.year.facts:
            with self._place("facts.yaml", f"{fact.group}.{fact.code}"):
                self.new["facts"] += fact_record(**self.who, fact=fact, reason=self.reason)

    def _published(self) -> None:
        published = self.year.published
        for value in published.values if published else ():
            with self._place("published.yaml", value.figure):
                self.new["published values"] += published_value_record(
                    **self.who,
                    year=self.year.year,
                    figure=value.figure,
                    style=value.style,
                    printed=value.printed,
                    source=published.source if published else "",
                    note=value.note,
                )

    def _narrative(self) -> None:
        """What was loaded once is not loaded again, unless a reason is given: somebody may have written on since."""
        latest = {part.part: part.text for part in narrative_of(self.year.year)}
        for position, (part, text) in enumerate(self.year.texts, 1):
            if latest.get(part) == text or (not self.reason and text_is_known(self.year.year, part, text)):
                continue
            with self._place("narrative", part):
                narrative_write(**self.who, year=self.year.year, part=part, position=position, text=text)
            self.new["parts of the narrative"] += 1

    @contextmanager
    def _place(self, file: str, place: str) -> Iterator[None]:
        """Say of an error in which file and record it lies."""
        try:
            yield
        except GatehouseError as error:
            at = str(self.year.folder / file)
            where = Reason("%(file)s: %(place)s: %(cause)s", file=at, place=place, cause=error.reason)
            raise type(error)(where.text, **where.parts) from error
