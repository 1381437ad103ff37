"""The name of a document's holder as the machine readable zone writes it (ICAO Doc 9303-3 4.6).

The primary identifier (mostly the surname) and the secondary (the given names) are separated by two fillers, the
components of each by one. A name that exceeds its field is truncated by 9303-4 4.2.3, 9303-5 4.2.3, 9303-6 4.2.3 or
9303-7 4.2.3, which say the same: a letter in the last position says that truncation may have occurred.
"""

from __future__ import annotations

import unicodedata

from gatehouse.kernel.transliteration import transliterate

FILLER = "<"
_SEPARATOR = FILLER * 2


def compose_name(surname: str, given_names: str, *, width: int, language: str | None = None) -> str:
    """The name field of exactly `width` characters A-Z and fillers, from names as the visual zone prints them.

    Hyphens, commas and spaces separate components; apostrophes and other punctuation are left out (9303-3 4.6). Of
    the ways 9303 leaves to truncate, one letter at a time is taken from the longest component of a primary identifier
    that leaves no room for the secondary one, and the secondary is cut at the end of the field.
    Raises `UnreadableError` for a letter without a transliteration.

    >>> compose_name("O'Connor", "Enya Siobhan", width=30)
    'OCONNOR<<ENYA<SIOBHAN<<<<<<<<<'
    """
    primary = _components(surname, language, width)
    secondary = _components(given_names, language, width)
    if not primary:  # a name of one part is the primary identifier (9303-3 3.4)
        primary, secondary = secondary, []
    if not secondary:
        return FILLER.join(_shortened(primary, width)).ljust(width, FILLER)[:width]
    if _length(primary) + len(_SEPARATOR) + _length(secondary) > width:
        primary = _shortened(primary, width - len(_SEPARATOR) - 1)
        room = width - len(_SEPARATOR) - _length(primary)
        secondary = _ending_in_a_letter(secondary, room)
    return (FILLER.join(primary) + _SEPARATOR + FILLER.join(secondary)).ljust(width, FILLER)[:width]


def decompose_name(field: str) -> tuple[str, str]:
    """Primary and secondary identifier of a name field, their components separated by single spaces.

    >>> decompose_name("VAN<DER<MUELLEN<<MARTIN<<<<<<<")
    ('VAN DER MUELLEN', 'MARTIN')
    """
    primary, _, secondary = field.partition(_SEPARATOR)
    return " ".join(primary.replace(FILLER, " ").split()), " ".join(secondary.replace(FILLER, " ").split())


def may_be_truncated(field: str) -> bool:
    """Whether the name must be treated as truncated: its field ends in a letter (9303-4 4.2.3 note)."""
    return not field.endswith(FILLER)


def _components(name: str, language: str | None, most: int) -> list[str]:
    """The first `most` components of a name in A-Z; what a field has no room for need not be looked at."""
    spaced = "".join(_spaced(character) for character in unicodedata.normalize("NFKC", name))
    written = (transliterate(component, language=language) for component in spaced.split()[:most])
    return [component for component in written if component]


def _spaced(character: str) -> str:
    if character in {",", "、"} or unicodedata.category(character) in {"Pd", "Zs", "Cc"}:
        return " "  # a hyphen, a comma or a blank separates components
    if unicodedata.category(character)[0] in "PS" or unicodedata.category(character) in {"Lm", "Cf"}:
        return ""  # other punctuation, among it each kind of apostrophe
    return character


def _length(components: list[str]) -> int:
    return sum(map(len, components)) + max(len(components) - 1, 0)


def _shortened(components: list[str], width: int) -> list[str]:
    """Take letters from the longest component until all fit `width`; then, and only then, leave out the last ones."""
    kept = [component[:width] for component in components]
    while _length(kept) > width:
        longest = max(range(len(kept)), key=lambda index: (len(kept[index]), index))
        if len(kept[longest]) > 1:
            kept[longest] = kept[longest][:-1]
        else:
            kept.pop()
    return kept


def _ending_in_a_letter(components: list[str], room: int) -> list[str]:
    """Cut components to `room`; where a separator would come last, one letter before it makes room for an initial."""
    cut = FILLER.join(components)[:room]
    if not cut.endswith(FILLER):
        return [cut]
    whole = cut[:-1].split(FILLER)
    initial = components[len(whole)][0]
    return [*_shortened(whole, room - 2), initial]
