"""The days that the law names, as entries of the book: looked up in the profile's table of articles, never typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.figure import Declared, Figure
from gatehouse.law.articles import ALL, TABLE, Act, ActTable, Amendment
from gatehouse.performance.domain.book import Entry, RecordLine
from gatehouse.performance.domain.years import period_of
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import profile


def act_table() -> ActTable:
    """The profile's acts with the days on which their articles take effect."""
    return profile().read(TABLE, ActTable)


def law_entries(year: int, *, clock: Clock, reader: Actor) -> list[Entry]:
    """Of each act the latest text that was promulgated by the end of the year.

    `law.<pcode>.promulgated`; `law.<pcode>.in-force` where all of it takes effect on one day; else
    `law.<pcode>.<article>.in-force` for each article that it touches.
    """
    reader.require("performance.read")
    _, end = period_of(year, profile().agency.calendar)
    table = act_table()
    entries: list[Entry] = []
    for act in table.acts:
        known = [amendment for amendment in act.amendments if amendment.promulgated <= end]
        if known:
            entries.extend(_entries(table, act, known[-1], year))
    return entries


def _entries(table: ActTable, act: Act, amendment: Amendment, year: int) -> Iterator[Entry]:
    def entry(kind: str, day: date, article: str = "") -> Entry:
        word, id = table.words[kind], f"law.{act.pcode}.{article}.in-force" if article else f"law.{act.pcode}.{kind}"
        return Entry(
            id=id,
            name={
                code: text.format(act=act.name.get(code, act.names[0]), article=article)
                for code, text in word.name.items()
            },
            figure=Figure(id, day, "", {"year": str(year)}, Declared(owner=amendment.source, on=act.read)),
            definition=word.definition,
            records=(RecordLine(act.pcode, act.name, day.isoformat(), amendment.source),),
        )

    yield entry("promulgated", amendment.promulgated)
    if len(amendment.in_force) == 1:
        yield entry("in-force", amendment.in_force[0].since)
    for effect in amendment.in_force:
        for article in sorted(effect.articles) if effect.articles != ALL else ():
            yield entry("article-in-force", effect.since, article)
