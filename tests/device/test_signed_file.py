"""A signed file of the centre's: the signature goes before everything, and each refusal has the words of its kind."""

from __future__ import annotations

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel, ConfigDict

from gatehouse.device import signed_file
from gatehouse.device.signed_file import SignedFile
from gatehouse.kernel.errors import ForbiddenError, UnreadableError
from gatehouse.kernel.results import Reason


class Content(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: int


KIND = SignedFile(
    magic=b"test file 1",
    content=Content,
    too_large=Reason("too large"),
    another=Reason("another kind of file"),
    not_signed=Reason("not signed"),
    unreadable=Reason("at %(place)s: %(cause)s"),
)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
CENTRE = KEY.public_key()


def test_what_was_signed_is_read_and_the_same_content_gives_the_same_file() -> None:
    data = KIND.signed({"number": 7}, KEY)
    assert KIND.opened(data, CENTRE) == Content(number=7)
    assert data == KIND.signed({"number": 7}, KEY)
    assert data.split(b"\n")[::2] == [b"test file 1", b'{"number":7}']


@pytest.mark.parametrize("place", [12, 20, 101, -1])
def test_one_bit_anywhere_is_refused(place: int) -> None:
    data = bytearray(KIND.signed({"number": 7}, KEY))
    data[place] ^= 1
    with pytest.raises(ForbiddenError, match=r"^not signed$"):
        KIND.opened(bytes(data), CENTRE)


def test_a_signature_over_the_content_alone_is_of_no_kind() -> None:
    content = b'{"number":7}'
    data = b"\n".join((KIND.magic, b64encode(KEY.sign(content)), content))
    with pytest.raises(ForbiddenError, match=r"^not signed$"):
        KIND.opened(data, CENTRE)


@pytest.mark.parametrize("data", [b"", b"test file 2\nx\ny", b"test file 1x\n\n"])
def test_another_kind_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^another kind of file$"):
        KIND.opened(data, CENTRE)


def test_what_was_signed_and_is_no_such_content_names_the_place() -> None:
    with pytest.raises(UnreadableError, match=r"^at more: Extra inputs are not permitted$"):
        KIND.opened(KIND.signed({"number": 7, "more": 1}, KEY), CENTRE)


def test_a_file_that_is_too_large_is_not_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_file, "LARGEST", 10)
    with pytest.raises(UnreadableError, match=r"^too large$"):
        KIND.opened(KIND.signed({"number": 7}, KEY), CENTRE)
