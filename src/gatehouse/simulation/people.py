"""The people of one day, drawn by the shares of the nation. No two of them share a name and a birth date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from gatehouse.kernel.mrz_names import compose_name, decompose_name
from gatehouse.simulation.holders import Holder, made_up_holder
from gatehouse.simulation.nation import Nation, Span, drawn, years_before

#: Seeds of holders below this belong to travellers; the upper half to strangers, whose chips are swapped in.
_SEEDS = 50_000_000
#: Seeds that one run has for itself: two for each person, one of them for each sex.
_RUNS_SEEDS = 20_000
#: So many travellers a run may have; a few seeds are left for people who were drawn twice.
LARGEST_RUN = 9_000
_ADULT = 20
_NAME_WIDTH = 39  # of TD3, 9303-4 clause 4.2.2


class Population:
    """Makes the people of run number `run`; the same numbers make the same people, other numbers make others."""

    def __init__(self, nation: Nation, *, seed: int, run: int, on: date) -> None:
        self._nation, self._on = nation, on
        self._rng = Random(f"people {seed} {run}")  # noqa: S311  nothing secret comes from it
        self._next = Random(f"first {seed}").randrange(_SEEDS) + run * _RUNS_SEEDS  # noqa: S311
        self._known: set[tuple[tuple[str, str], date]] = set()

    def adult(self, nationality: str, ages: Sequence[Span]) -> Holder:
        span = drawn(self._rng, [span for span in ages if span.first >= _ADULT])
        return self._made(nationality, span.first, span.last)

    def partner(self, of: Holder) -> Holder:
        years = age(of.birth_date, self._on)
        return self._made(of.nationality, max(_ADULT, years - 5), years + 5)

    def child(self, parent: Holder, *, first: int = 0, last: int = 17) -> Holder:
        """A child with the family name of `parent`."""
        return self._made(parent.nationality, first, last, parent=parent)

    def _made(self, nationality: str, first: int, last: int, *, parent: Holder | None = None) -> Holder:
        """Somebody between `first` and `last` full years of age."""
        while True:
            born = _birth_date(self._rng, self._on, first, last)
            person = replace(made_up_holder(nationality, self._seed(), on=self._on), birth_date=born)
            if parent is not None:
                person = _of_family(person, parent)
            known_as = mrz_names(person), born
            if known_as not in self._known:
                self._known.add(known_as)
                return person

    def _seed(self) -> int:
        """A seed that no other traveller has; odd ones are women."""
        female = self._rng.random() < self._nation.female.share
        self._next += 2
        return (self._next // 2 * 2 + female) % _SEEDS


def mrz_names(holder: Holder) -> tuple[str, str]:
    """Surname and given names as the machine readable zone has them."""
    return decompose_name(compose_name(holder.surname, holder.given_names, width=_NAME_WIDTH))


def age(birth_date: date, on: date) -> int:
    """Full years on that day."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def _of_family(child: Holder, parent: Holder) -> Holder:
    if not (child.full_name and parent.full_name):
        return replace(child, surname=parent.surname)
    family, given = parent.full_name.partition("<<")[0], child.full_name.partition("<<")[2]
    return replace(child, surname=parent.surname, full_name=f"{family}<<{given}")


def _birth_date(rng: Random, on: date, first: int, last: int) -> date:
    youngest, oldest = years_before(on, first), years_before(on, last + 1) + timedelta(days=1)
    return oldest + timedelta(days=rng.randint(0, (youngest - oldest).days))
