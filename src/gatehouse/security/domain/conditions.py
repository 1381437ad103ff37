"""The condition of a rule over events. Every part of it is true or false of an event: there is no third."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from gatehouse.security.domain.columns import Mask, Table
from gatehouse.security.domain.predicates import EventPredicate, Predicate, TextPattern


class Condition(Protocol):
    def events(self, table: Table) -> Mask:
        """Which events it is true of."""
        ...

    def needles(self) -> Iterator[tuple[str, str]]:
        """The fields that it looks into, each with a folded text that it looks for within."""
        ...


@dataclass(frozen=True)
class Field:
    """One of these predicates holds of a field's values."""

    name: str
    predicates: tuple[Predicate, ...]

    def events(self, table: Table) -> Mask:
        column = table.column(self.name)
        if column is None:
            return np.zeros(len(table), dtype=np.bool_)
        values = self.predicates[0].values(column)
        for predicate in self.predicates[1:]:
            values = values | predicate.values(column)
        return column.events(values)

    def needles(self) -> Iterator[tuple[str, str]]:
        for predicate in self.predicates:
            if isinstance(predicate, TextPattern) and predicate.needle is not None:
                yield self.name, predicate.needle


@dataclass(frozen=True)
class Whole:
    """Something that has to be asked of events, not of values."""

    predicate: EventPredicate

    def events(self, table: Table) -> Mask:
        return self.predicate.events(table)

    def needles(self) -> Iterator[tuple[str, str]]:
        return iter(())


@dataclass(frozen=True)
class Not:
    condition: Condition

    def events(self, table: Table) -> Mask:
        return ~self.condition.events(table)

    def needles(self) -> Iterator[tuple[str, str]]:
        return self.condition.needles()


@dataclass(frozen=True)
class All:
    conditions: tuple[Condition, ...]

    def events(self, table: Table) -> Mask:
        found = self.conditions[0].events(table)
        for condition in self.conditions[1:]:
            if not found.any():
                break
            found = found & condition.events(table)
        return found

    def needles(self) -> Iterator[tuple[str, str]]:
        return _of(self.conditions)


@dataclass(frozen=True)
class Either:
    conditions: tuple[Condition, ...]

    def events(self, table: Table) -> Mask:
        found = self.conditions[0].events(table)
        for condition in self.conditions[1:]:
            found = found | condition.events(table)
        return found

    def needles(self) -> Iterator[tuple[str, str]]:
        return _of(self.conditions)


def either(conditions: Sequence[Condition]) -> Condition:
    """Any of these; those of one field are asked together."""
    fields: dict[str, list[Predicate]] = {}
    others: list[Condition] = []
    for condition in conditions:
        if isinstance(condition, Field):
            fields.setdefault(condition.name, []).extend(condition.predicates)
        else:
            others.append(condition)
    joined = [*(Field(name, tuple(predicates)) for name, predicates in fields.items()), *others]
    return joined[0] if len(joined) == 1 else Either(tuple(joined))


def _of(conditions: Sequence[Condition]) -> Iterator[tuple[str, str]]:
    for condition in conditions:
        yield from condition.needles()
