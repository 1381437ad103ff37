"""What PC/SC says when something is wrong, without a service or a reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gatehouse.documents.chip.errors import CardRemovedError, CardTimeoutError, TransportError
from gatehouse.workstations.pcsc import Context, ReaderError, library
from gatehouse.workstations.pcsc.errors import error_of


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [
        (0x80100069, CardRemovedError, "the document left the reader"),
        (0x8010000C, CardRemovedError, "the document left the reader"),
        (0x80100066, CardTimeoutError, "the chip did not answer in time"),
        (0x8010001D, ReaderError, "the PC/SC service does not run on this machine: start pcscd"),
        (0x80100009, ReaderError, "there is no reader Desk 1"),
        (0x8010000B, ReaderError, "another program uses the reader Desk 1"),
        (0x80100068, TransportError, "another program reset the chip"),
        (0x80100016, TransportError, "the reader answered with the PC/SC code 80100016"),
    ],
)
def test_a_return_code_is_one_error(code: int, kind: type[TransportError], said: str) -> None:
    error = error_of(code, "Desk 1")
    assert (type(error), str(error)) == (kind, said)


@pytest.fixture
def absent_library(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    library._library.cache_clear()
    monkeypatch.setattr(library, "NAME", "libpcsclite-absent.so.9")
    yield
    library._library.cache_clear()


@pytest.mark.usefixtures("absent_library")
def test_a_machine_without_the_library_is_one_error() -> None:
    with pytest.raises(ReaderError, match=r"^PC/SC is not installed on this machine: libpcsclite-absent\.so"):
        Context()
