from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError
from tests.device.made import CENTRE, NOW, accepted, bundle, signed

from gatehouse.device.bundle import MAGIC, TrustLists, public_key, sign
from gatehouse.kernel.errors import ForbiddenError, GatehouseError, NotFoundError, RefusedError, UnreadableError


def test_a_bundle_comes_back_as_it_was_signed() -> None:
    opened = accepted(seen=4).open(signed(), now=NOW)
    assert opened == bundle(roster=opened.roster)
    assert opened.age(NOW) == timedelta(hours=2)
    assert opened.officer("chen").permissions == ("border.inspect",)
    with pytest.raises(NotFoundError, match="the roster of this bundle does not name wu"):
        opened.officer("wu")
    assert signed().startswith(MAGIC + b"\n")


@pytest.mark.parametrize(
    ("changes", "seen", "error", "said"),
    [
        ({"expires": NOW}, 0, RefusedError, "the bundle ended at 2023-05-01T04:00+00:00: fetch a new one"),
        (
            {"issued": NOW + timedelta(minutes=6)},
            0,
            RefusedError,
            "the bundle is valid from 2023-05-01T04:06+00:00, and",
        ),
        ({"device": "TPE-M02"}, 0, RefusedError, "the bundle is for TPE-M02, not for TPE-M01"),
        ({"serial": 4}, 5, RefusedError, "the bundle has the number 4, and number 5 was used here before"),
    ],
)
def test_one_that_is_not_for_here_and_now_is_refused_in_words(
    changes: dict[str, Any], seen: int, error: type[GatehouseError], said: str
) -> None:
    with pytest.raises(error) as refused:
        accepted(seen=seen).open(signed(**changes), now=NOW)
    assert str(refused.value).startswith(said)


def test_a_clock_that_is_a_little_behind_is_borne() -> None:
    accepted().open(signed(issued=NOW + timedelta(minutes=5)), now=NOW)


def test_nothing_is_opened_that_the_centre_did_not_sign() -> None:
    data = signed()
    other = sign(bundle(), Ed25519PrivateKey.generate())
    for wrong in (other, data[:-1] + b" ", data[:-2], data.replace(b'"serial":4', b'"serial":9')):
        with pytest.raises(ForbiddenError, match="was not signed by the centre, or was changed since"):
            accepted().open(wrong, now=NOW)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"gatehouse bundle 2\nAAAA\n{}", b"\xff" * 100])
def test_what_is_no_bundle_is_said(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="this is no bundle of this version"):
        accepted().open(data, now=NOW)


def test_signed_content_that_is_none_is_said() -> None:
    content = b'{"device": "TPE-M01"}'
    signature = b64encode(CENTRE.sign(MAGIC + b"\n" + content))
    with pytest.raises(UnreadableError, match="the bundle cannot be read: port: Field required"):
        accepted().open(b"\n".join((MAGIC, signature, content)), now=NOW)


def test_a_public_key_is_32_bytes_in_base64() -> None:
    text = b64encode(CENTRE.public_key().public_bytes_raw()).decode()
    assert public_key(text).public_bytes_raw() == CENTRE.public_key().public_bytes_raw()
    for wrong in ("", "AAAA", "!"):
        with pytest.raises(UnreadableError, match="this is no public key of a centre"):
            public_key(wrong)


@pytest.mark.parametrize("name", ["000002-DE_ML.ml", "10.crl", "主清單.ml"])
def test_a_list_is_named_as_its_store_names_it(name: str) -> None:
    assert TrustLists(files={name: "AA=="}).files == {name: "AA=="}


@pytest.mark.parametrize("name", ["", "../DE.ml", "a\\b", "a\0b", "x" * 201])
def test_a_name_that_leaves_its_folder_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        TrustLists(files={name: "AA=="})
