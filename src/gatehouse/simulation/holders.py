"""Made-up people: everything about one of them follows from a state and a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random

import yaml

_OLDEST = 90 * 365


@dataclass(frozen=True, slots=True)
class Holder:
    """A person as a state knows them. `seed` is also that of their face (`portraits.portrait`).

    Names stand as the document prints them, in Latin letters; `full_name` is the name in national characters, family
    name first, parted by "<<" (ICAO 9303-10 clause 4.7.11). `nationality` is the code of the MRZ.
    """

    seed: int
    surname: str
    given_names: str
    nationality: str
    birth_date: date
    sex: str
    full_name: str | None = None
    personal_number: str | None = None


def made_up_holder(nationality: str, seed: int, *, on: date, youngest: int = 0) -> Holder:
    """A person of that nationality, aged `youngest` to 89 years on that day; seeds from 0 to 99,999,999.

    Odd seeds are women and even ones men, as the portraits are drawn.
    """
    rng = Random(f"holder {nationality} {seed}")  # noqa: S311  no secret comes from it
    sex = "F" if seed % 2 else "M"
    names = _names().get(nationality) or _names()["other"]
    surname, own_surname = _both(rng.choice(names["family"]))
    given, own_given = _both(rng.choice(names[sex]))
    born = on - timedelta(days=round(rng.triangular(youngest * 365.25 + 1, _OLDEST, 38 * 365.25)))
    return Holder(
        seed=seed,
        surname=surname,
        given_names=given,
        nationality=nationality,
        birth_date=born,
        sex=sex,
        full_name=f"{own_surname or surname}<<{own_given or given}" if own_surname or own_given else None,
    )


@cache
def _names() -> dict[str, dict[str, list[str]]]:
    table = files("gatehouse.simulation") / "data" / "names.yaml"
    read: dict[str, dict[str, list[str]]] = yaml.safe_load(table.read_text(encoding="utf-8"))
    return read


def _both(name: str) -> tuple[str, str | None]:
    """The name in Latin letters, and in its own script where there is one."""
    latin, _, own = name.partition("/")
    return latin, own or None
