"""Which of two versions is the later one, by the rules of those who number them."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import Any

from packaging.version import Version
from semver import Version as SemanticVersion

#: Longer than any version; a number of thousands of digits would be slow to read.
_LONGEST = 256
_DEBIAN = re.compile(r"(?:([0-9]+):)?([A-Za-z0-9.+~:-]+?)(?:-([A-Za-z0-9.+~]*))?")
_PARTS = re.compile(r"([^0-9]*)([0-9]*)")


class Scheme(StrEnum):
    """PEP 440; deb-version(7), Debian Policy 5.6.12; Semantic Versioning 2.0.0, clause 11."""

    PEP440 = "pep440"
    DPKG = "dpkg"
    SEMVER = "semver"


@lru_cache(maxsize=1 << 16)
def version_key(scheme: Scheme, version: str) -> Any:
    """What sorts as versions of the scheme do. Raises `ValueError` where it is none of them."""
    if len(version) > _LONGEST:
        raise ValueError("it is too long for a version")
    return _KEYS[scheme](version)


_END = ((0,), 0)


def _dpkg(version: str) -> tuple[int, tuple[Any, ...], tuple[Any, ...]]:
    found = _DEBIAN.fullmatch(version)
    if found is None:
        raise ValueError("it is no version of Debian's")
    epoch, upstream, revision = found.groups()
    return int(epoch or 0), _alternating(upstream), _alternating(revision or "")


def _alternating(text: str) -> tuple[Any, ...]:
    """Texts and numbers in turn. A text ends with 0: a tilde sorts before the end, and all else after it.

    An end is as good as no text and the number 0: those at the end are taken off, and what is longer meets as many as
    it can have in a place of its own, which are two.
    """
    pairs = [((*map(_order, word), 0), int(digits or 0)) for word, digits in _PARTS.findall(text)]
    while pairs and pairs[-1] == _END:
        pairs.pop()
    return (*pairs, _END, _END)


def _order(character: str) -> int:
    if character == "~":
        return -1
    return ord(character) if character.isalpha() else ord(character) + 256


def _semver(version: str) -> SemanticVersion:
    """A leading v is how Go writes it."""
    return SemanticVersion.parse(version.removeprefix("v"))


_KEYS: dict[Scheme, Callable[[str], Any]] = {Scheme.PEP440: Version, Scheme.DPKG: _dpkg, Scheme.SEMVER: _semver}
