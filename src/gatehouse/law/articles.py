"""Which version of which article is in force when: each amendment takes effect article by article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict, Field, model_validator

#: Where a profile keeps its acts.
TABLE = "law/articles.yaml"
#: Every article that the act has.
ALL = "all"


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Effect(_Row):
    """Articles that take effect on one day."""

    since: date
    #: Numbers such as "36" or "74-1"; or `ALL`.
    articles: frozenset[str] | str = ALL
    #: Those of them that did not exist before.
    added: frozenset[str] = frozenset()
    #: Articles that ceased to be on that day.
    deleted: frozenset[str] = frozenset()

    @model_validator(mode="after")
    def _known(self) -> Effect:
        if isinstance(self.articles, str) and self.articles != ALL:
            raise ValueError("articles are a list of numbers, or all")
        return self

    def concerns(self, article: str) -> bool:
        return self.articles == ALL or article in self.articles or article in self.deleted


class Amendment(_Row):
    """A text that was promulgated, with the days on which its articles take effect."""

    promulgated: date
    in_force: tuple[Effect, ...] = Field(min_length=1)
    #: Where it was read, and of which day that text is.
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _named_once(self) -> Amendment:
        named = [article for effect in self.in_force for article in effect.articles if effect.articles != ALL]
        if len(named) != len(set(named)):
            raise ValueError("an article takes effect once in an amendment")
        return self


class Provision(_Row):
    """What an article is about, in the profile's languages, and the words by which a text names it.

    `words` are groups: a text names the article where it holds a word of every group.
    """

    article: str
    about: dict[str, str]
    words: tuple[tuple[str, ...], ...] = ()

    def named_in(self, text: str) -> bool:
        return bool(self.words) and all(any(word in text for word in group) for group in self.words)


class Act(_Row):
    """An act or regulation with its amendments as far as they are held here, the earliest first."""

    #: The code of the register it is kept under; figures are named by it (`law.D0080132.65.in-force`).
    pcode: str = Field(pattern=r"^[A-Z]\d+$")
    name: dict[str, str]
    #: Other names that texts use for it.
    other_names: tuple[str, ...] = ()
    #: Up to which day the register was read: of later texts nothing is known.
    read: date
    amendments: tuple[Amendment, ...] = Field(min_length=1)
    provisions: tuple[Provision, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Act:
        days = [amendment.promulgated for amendment in self.amendments]
        if days != sorted(days):
            raise ValueError("amendments stand in the order of their promulgation")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.name.values(), *self.other_names)

    @property
    def latest(self) -> Amendment:
        return self.amendments[-1]

    def effects_of(self, article: str) -> Iterator[tuple[Amendment, Effect]]:
        """Each amendment that touched an article, with the day it took effect for it."""
        found = [
            (amendment, effect)
            for amendment in self.amendments
            for effect in amendment.in_force
            if effect.concerns(article)
        ]
        begins = max((place for place, (_, effect) in enumerate(found) if article in effect.added), default=0)
        yield from found[begins:]

    def days_of(self, article: str) -> tuple[date, ...]:
        """The days on which versions of an article took effect, the earliest first."""
        return tuple(sorted(effect.since for _, effect in self.effects_of(article)))

    def days(self) -> frozenset[date]:
        """Every day on which anything of the act took effect."""
        return frozenset(effect.since for amendment in self.amendments for effect in amendment.in_force)

    def version_of(self, article: str, on: date) -> Amendment | None:
        """The amendment whose text of an article is in force on a day: None before the first that is held here, and
        where the article was deleted.
        """
        found = [
            (effect.since, amendment, effect) for amendment, effect in self.effects_of(article) if effect.since <= on
        ]
        if not found:
            return None
        _, amendment, effect = max(found, key=lambda each: (each[0], each[1].promulgated))
        return None if article in effect.deleted else amendment


class Word(_Row):
    """How a figure of the table is named and defined, in the profile's languages, with `{act}` and `{article}`."""

    name: dict[str, str]
    definition: dict[str, str]


class ActTable(_Row):
    """A profile's acts (`law/articles.yaml`). `words` are those of `promulgated`, `in-force` and `article-in-force`."""

    words: dict[str, Word]
    acts: tuple[Act, ...]

    @model_validator(mode="after")
    def _one_of_each(self) -> ActTable:
        codes = [act.pcode for act in self.acts]
        if len(codes) != len(set(codes)):
            raise ValueError("an act stands in the table once")
        return self


def act_named(acts: Iterable[Act], text: str) -> tuple[Act, int] | None:
    """The act that a text names last, with the place where its name ends; the longest name wins at one place."""
    found = [
        (place + len(name), len(name), act) for act in acts for name in act.names if (place := text.rfind(name)) >= 0
    ]
    if not found:
        return None
    end, _, act = max(found, key=lambda each: (each[0], each[1]))
    return act, end
