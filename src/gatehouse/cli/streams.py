"""Reading what the caller brings and writing what was found."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar

import click

from gatehouse.kernel.errors import UnreadableError

T = TypeVar("T")
#: Larger than any object of a travel document or list of certificates; what is larger is not one.
LARGEST_INPUT = 32 * 1024 * 1024


def read_input(name: str, *, largest: int = LARGEST_INPUT) -> bytes:
    """The bytes of a file, or of standard input for "-". Never reads more than `largest` bytes.

    Raises `UnreadableError` for a file that is absent, a folder, unreadable, empty or too large.
    """
    try:
        if name == "-":
            data = sys.stdin.buffer.read(largest + 1)
        else:
            with Path(name).open("rb") as stream:
                data = stream.read(largest + 1)
    except OSError as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=name, cause=error.strerror) from error
    shown = "standard input" if name == "-" else name
    if not data:
        raise UnreadableError("%(name)s is empty", name=shown)
    if len(data) > largest:
        if largest < 2**20:
            raise UnreadableError("%(name)s is larger than %(kib)d KiB", name=shown, kib=largest // 2**10)
        raise UnreadableError("%(name)s is larger than %(mib)d MiB", name=shown, mib=largest // 2**20)
    return data


@contextmanager
def open_input(name: str) -> Iterator[BinaryIO]:
    """A file, or standard input for "-", to be read as a stream. Raises `UnreadableError` where it cannot be."""
    try:
        if name == "-":
            yield sys.stdin.buffer
        else:
            with Path(name).open("rb") as stream:
                yield stream
    except OSError as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=name, cause=error.strerror) from error


def write_whole(out: Path, pieces: Iterable[bytes], *, is_private: bool = False) -> None:
    """Write a file from its pieces: the whole of it, or nothing; a private one is for its owner alone (mode 0600).

    Raises `UnreadableError` where that cannot be.
    """
    fresh = out.with_name(f".{out.name}.new")
    try:
        with fresh.open("wb") as stream:
            if is_private:
                fresh.chmod(0o600)
            stream.writelines(pieces)
        fresh.replace(out)
    except OSError as error:
        raise UnreadableError("%(name)s cannot be written: %(cause)s", name=out, cause=error.strerror) from error


class Counted(Generic[T]):
    """Items that are counted while they pass; whoever watches sees how far it has come, each so many."""

    def __init__(self, items: Iterable[T], unit: str, each: int = 1 << 16) -> None:
        self._items, self._each = items, each
        self._report = progress(unit)
        self.count = 0

    def __iter__(self) -> Iterator[T]:
        for item in self._items:
            yield item
            self.count += 1
            if self._report and self.count % self._each == 0:
                self._report(self.count)


def show(found: dict[str, Any], text: str, *, as_json: bool) -> None:
    """Print what was found: as one JSON document, or as text for a person."""
    click.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else text)


def progress(unit: str) -> Callable[[int], None] | None:
    """A reporter of how far long work has come, on standard error; None where nobody watches."""
    if not sys.stderr.isatty():
        return None

    def report(done: int) -> None:
        click.echo(f"\r{done:,} {unit}", nl=False, err=True)

    return report
