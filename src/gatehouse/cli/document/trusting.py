"""The files that the caller trusts, as the options of several commands name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from gatehouse.cli.streams import read_input
from gatehouse.documents.pki.anchors import read_anchors
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.kernel.errors import UnreadableError


def trusted_paths(names: Iterable[str]) -> list[Path]:
    """Raises `UnreadableError` for an empty name: an unset variable of a script; to a Path it is the current folder."""
    names = list(names)
    if not all(names):
        raise UnreadableError("--trust takes the name of a file or folder")
    return [Path(name) for name in names]


def pinned_certificates(names: Iterable[str]) -> Iterator[Certificate]:
    """Raises `UnreadableError` for a file that is no CSCA certificate."""
    for name in names:
        for each in read_anchors(read_input(name), name):
            if not isinstance(each, Certificate):
                raise UnreadableError("%(name)s is not one CSCA certificate: %(why)s", name=name, why=str(each.reason))
            yield each


def revocation_lists(name: str) -> list[Crl]:
    """Those of a file. Raises `UnreadableError`, which names it."""
    data = read_input(name)
    try:
        return Crl.read_file(data)
    except UnreadableError as error:
        cause = str(error)
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=name, cause=cause) from error
