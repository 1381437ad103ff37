"""Latin, Cyrillic and Arabic letters in A-Z, as ICAO Doc 9303-3 section 6 recommends (eighth edition, 2021).

The tables are the CSV files beside this module, each row with its source. A row may hold for one language (BCP 47)
and for one position in the name component ("first" or "last") only; the most particular row that fits is used.
"""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from importlib.resources import files

from gatehouse.kernel.errors import UnreadableError

_SCRIPTS = ("latin", "cyrillic", "arabic")
_DOUBLE = "DOUBLE"  # shadda: what stands before it is written twice (9303-3 6.C note 3)


def transliterate(component: str, *, language: str | None = None) -> str:
    """One component of a name in the letters A-Z: the first of the transliterations that its table lists.

    `language` (BCP 47: be, bg, mk, sr, uk) picks the rows that hold for that language. Diacritics of letters that no
    table lists are left out (9303-3 4.3). Raises `UnreadableError` for a letter of another script, a digit or a sign.

    >>> transliterate("Müller"), transliterate("Юрій", language="uk")
    ('MUELLER', 'YURII')
    """
    characters = unicodedata.normalize("NFKC", component).upper()
    letters = [index for index, character in enumerate(characters) if unicodedata.category(character) != "Mn"]
    positions = {letters[-1]: "last", letters[0]: "first"} if letters else {}
    written: list[str] = []
    for index, character in enumerate(characters):
        latin = _letter(character, language or "", positions.get(index, ""))
        if latin == _DOUBLE:
            written.extend(written[-1:])
        elif latin:
            written.append(latin)
    return "".join(written)


def alternatives(character: str) -> tuple[str, ...]:
    """All transliterations that the tables list for a capital letter, whatever the language and position.

    >>> alternatives("Ü")
    ('UE', 'UXX', 'U')
    """
    found = [latin for (listed, _, _), latins in _rules().items() if listed == character for latin in latins]
    return tuple(dict.fromkeys(found))


def _letter(character: str, language: str, position: str) -> str:
    if "A" <= character <= "Z":
        return character
    rules = _rules()
    for key in ((language, position), (language, ""), ("", position), ("", "")):
        if latins := rules.get((character, *key)):
            return latins[0]
    if unicodedata.category(character) == "Mn":
        return ""
    base = unicodedata.normalize("NFD", character)[0]
    if base == character:
        raise UnreadableError("Doc 9303-3 has no transliteration of %(character)s", character=ascii(character))
    return _letter(base, language, position)


@cache
def _rules() -> dict[tuple[str, str, str], tuple[str, ...]]:
    rules = {}
    for script in _SCRIPTS:
        table = files(__package__).joinpath(f"{script}.csv").read_text(encoding="utf-8")
        for row in csv.DictReader(table.splitlines()):
            key = (row["character"], row["language"], row["position"])
            latins = tuple(row["transliterations"].split("|"))
            if key in rules or ord(row["character"]) != int(row["code_point"], 16):
                wrong = f"{script}.csv: the row of {row['code_point']} is doubled or names another character"
                raise ValueError(wrong)
            rules[key] = latins
    return rules
