"""What of a reason may stand in a log that names nobody.

Two nets, each enough by itself for what is known: only parts of names that never hold a person's data are let through,
and then whatever still holds one of the document's own values is left out whole. A desk's sentences pass both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from gatehouse.documents.mrz import Mrz
from gatehouse.kernel.results import Reason

WITHHELD = "(withheld)"
#: Names of parts that hold states, authorities, algorithms, files, lists, sizes or counts, wherever a check has them.
_PUBLIC_PARTS = frozenset(
    (
        *("access", "added", "algorithm", "announced", "bits", "cause", "changed", "cipher", "code", "count"),
        *("country", "csca", "defect", "done", "elements", "explicit", "file", "first", "found", "given"),
        *("group", "hash", "hidden", "issuer", "kib", "kind", "largest", "last", "length", "list", "missing"),
        *("more", "named", "of", "on", "one", "part", "percent", "problems", "seconds", "serial", "signer"),
        *("signers", "size", "state", "status", "tag", "types", "unlisted", "version", "weak", "what", "why"),
    )
)
#: Shorter values are everywhere: a sex, a state, a code of two letters.
_SHORTEST_SECRET = 3
_NOT_XML = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """One line of characters that XML and JSON both hold: line ends become blanks, others what replaces a character."""
    return _NOT_XML.sub("\ufffd", re.sub(r"[\t\r\n]", " ", text))


def public_sentence(reason: Reason, *, public: frozenset[str] = _PUBLIC_PARTS) -> str:
    """The sentence, with every part withheld that may hold more than states, authorities, files and numbers."""
    return plain(str(Reason(reason.text, **{name: _public(name, part, public) for name, part in reason.parts.items()})))


def _public(name: str, part: Any, public: frozenset[str]) -> Any:
    if isinstance(part, Reason):
        return public_sentence(part, public=public)
    if name in public or isinstance(part, int):
        return part
    return WITHHELD


class Secrets:
    """The values of one document that name its holder or let it be found again."""

    def __init__(self, zones: Iterable[Mrz], values: Iterable[str] = ()) -> None:
        known = (*values, *(value for zone in zones for value in _values(zone)))
        self._values = {value.casefold() for value in known if len(value) >= _SHORTEST_SECRET}

    def kept(self, text: str) -> str:
        """The text, or that it is withheld where it holds one of the values."""
        folded = text.casefold()
        return WITHHELD if any(value in folded for value in self._values) else text


def _values(zone: Mrz) -> Iterator[str]:
    """As printed, with and without fillers, each word of a name, and dates in both spellings."""
    yield from zone.lines
    yield from (zone.document_number, zone.optional_data, zone.optional_data_2 or "")
    for name in (zone.surname, zone.given_names):
        yield name
        yield from (word for word in re.split(r"[ <'-]", name) if len(word) > _SHORTEST_SECRET)
    for day in (zone.birth_date, zone.expiry_date):
        if day is not None and len(day) == len("YYYY-MM-DD"):
            yield day
            yield day.replace("-", "")[2:]
