"""Issuing states: the code of the MRZ (Doc 9303-3 section 5) and that of certificates (Doc 9303-12 clause 7.1)."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def _certificate_codes() -> dict[str, str]:
    table = (files(__package__) / "data" / "states.csv").read_text(encoding="utf-8")
    return {row["mrz"]: row["certificate"] for row in csv.DictReader(table.splitlines())}


def certificate_code(mrz_code: str) -> str | None:
    """The code that certificates of the state bear, None for a state the table does not know."""
    return _certificate_codes().get(mrz_code)
