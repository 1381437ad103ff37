"""The licence that a package declares of itself: the expression of its metadata, its classifiers, or its text."""

from __future__ import annotations

import re
from importlib import metadata

#: The GNU GPL and AGPL in any form of words; the LGPL is not meant.
_STRONG_COPYLEFT = re.compile(
    r"(?<![A-Za-z])A?GPL|(?<!Lesser )(?<!Library )General Public License|Affero", re.IGNORECASE
)
_LESSER = re.compile(r"LGPL|Lesser General Public|Library General Public", re.IGNORECASE)
#: Licences by phrases that their texts have; the first that fits: one with more conditions before one with fewer.
_BSD = "Redistribution and use in source and binary forms, with or without modification, are permitted"
_TEXTS = (
    ("BSD-3-Clause", (_BSD, "endorse or promote products")),
    ("BSD-2-Clause", (_BSD,)),
    ("MIT", ("Permission is hereby granted, free of charge, to any person obtaining a copy",)),
)


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
    named = str((said.get_all("License") or [""])[0]).strip().partition("\n")[0]
    return named or _by_its_text(package)


def _by_its_text(package: metadata.Distribution) -> str:
    """A package that names no licence still has the text of one."""
    named = set(package.metadata.get_all("License-File") or [])
    for file in package.files or ():
        if any(file.match(f"*.dist-info/licenses/{name}") or file.match(f"*.dist-info/{name}") for name in named):
            text = " ".join(file.read_text(encoding="utf-8").split())
            return next((licence for licence, phrases in _TEXTS if all(each in text for each in phrases)), "")
    return ""


def strong_copyleft(licence: str) -> bool:
    """Whether it is the GPL or AGPL without a choice: of "MIT OR GPL-2.0" the first is taken."""
    choices = re.split(r"\s+OR\s+", licence)
    return all(_STRONG_COPYLEFT.search(_LESSER.sub("", each)) for each in choices)
