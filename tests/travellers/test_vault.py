"""What is sealed opens in its own place alone."""

from __future__ import annotations

from uuid import UUID

import pytest

from gatehouse.kernel.errors import UnreadableError
from gatehouse.travellers import vault

ONE, OTHER, ROW = UUID(int=1), UUID(int=2), UUID(int=3)
INSTALLATION = vault.installation_key("a secret of the installation, long enough")
CANNOT = "biometrics on record cannot be opened: they were sealed otherwise"


def test_a_key_of_a_person_is_unwrapped_by_the_installation_that_wrapped_it() -> None:
    key, wrapped = vault.key_made(INSTALLATION, key=ROW, traveller=ONE)
    assert vault.key_unwrapped(INSTALLATION, wrapped, key=ROW, traveller=ONE) == key
    assert (len(key), len(wrapped)) == (32, 12 + 32 + 16)
    assert key not in wrapped
    for installation, row, traveller in (
        (vault.installation_key("another"), ROW, ONE),
        (INSTALLATION, ROW, OTHER),
        (INSTALLATION, ONE, ONE),
    ):
        with pytest.raises(UnreadableError, match=CANNOT):
            vault.key_unwrapped(installation, wrapped, key=row, traveller=traveller)


def test_a_picture_opens_for_its_person_row_and_kind_alone() -> None:
    key, _ = vault.key_made(INSTALLATION, key=ROW, traveller=ONE)
    data = vault.sealed(key, b"a face", row=ROW, traveller=ONE, what="face image")
    assert vault.opened(key, data, row=ROW, traveller=ONE, what="face image") == b"a face"
    for row, traveller, what in ((ONE, ONE, "face image"), (ROW, OTHER, "face image"), (ROW, ONE, "face template")):
        with pytest.raises(UnreadableError, match=CANNOT):
            vault.opened(key, data, row=row, traveller=traveller, what=what)


@pytest.mark.parametrize("at", [0, 12, -1])
def test_a_changed_byte_is_found(at: int) -> None:
    key, _ = vault.key_made(INSTALLATION, key=ROW, traveller=ONE)
    data = bytearray(vault.sealed(key, b"a face", row=ROW, traveller=ONE, what="face image"))
    data[at] ^= 1
    for broken in (bytes(data), bytes(data[:20]), b""):
        with pytest.raises(UnreadableError, match=CANNOT):
            vault.opened(key, broken, row=ROW, traveller=ONE, what="face image")


def test_the_same_picture_is_never_sealed_twice_alike() -> None:
    key, _ = vault.key_made(INSTALLATION, key=ROW, traveller=ONE)
    one, other = (vault.sealed(key, b"a face", row=ROW, traveller=ONE, what="face image") for _ in range(2))
    assert one != other
