"""The licence that a package declares of itself: the expression of its metadata, its classifiers, or its text."""

from __future__ import annotations

import re
from importlib import metadata

#: The GNU GPL and AGPL in any form of words; the LGPL is not meant.
_STRONG_COPYLEFT = re.compile(
    r"(?<![A-Za-z])A?GPL|(?<!Lesser )(?<!Library )General Public License|Affero", re.IGNORECASE
)
_LESSER = re.compile(r"LGPL|Lesser General Public|Library General Public", re.IGNORECASE)


def licence_of(package: metadata.Distribution) -> str:
    """Empty where the package says nothing."""
    said = package.metadata
    if expressions := said.get_all("License-Expression"):
        return str(expressions[0]).strip()
    classifiers = [
        each.rpartition("::")[2].strip() for each in said.get_all("Classifier") or [] if "License ::" in each
    ]
    if classifiers:
        return "; ".join(classifiers)
    return str((said.get_all("License") or [""])[0]).strip().partition("\n")[0]


def strong_copyleft(licence: str) -> bool:
    """Whether it is the GPL or AGPL without a choice: of "MIT OR GPL-2.0" the first is taken."""
    choices = re.split(r"\s+OR\s+", licence)
    return all(_STRONG_COPYLEFT.search(_LESSER.sub("", each)) for each in choices)
