"""The static keys of chips, in each form that real documents use."""

from __future__ import annotations

import pytest
from asn1crypto import core
from tests.documents import pki_factory as made

from gatehouse.documents.chip.errors import UnsupportedProtocolError
from gatehouse.documents.chip.groups import StaticKey
from gatehouse.documents.chip.groups.standardised import modp_groups
from gatehouse.documents.tlv import compose
from gatehouse.kernel.errors import UnreadableError

#: The SubjectPublicKeyInfo of ICAO 9303-11 appendix I.
APPENDIX_I = bytes.fromhex(
    "3052300C060704007F0007010202010D03420004187270949439"
    "9E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610DC8"
    "84D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F"
)
P = modp_groups()[2].p


PKCS3, X942, RSA = "1.2.840.113549.1.3.1", "1.2.840.10046.2.1", "1.2.840.113549.1.1.1"


def integer(number: int) -> bytes:
    return bytes(core.Integer(number).dump())


def info(kind: str, public: int, *parameters: int) -> bytes:
    """A SubjectPublicKeyInfo of numbers."""
    algorithm = compose(0x30, core.ObjectIdentifier(kind).dump(), compose(0x30, *map(integer, parameters)))
    return compose(0x30, algorithm, compose(0x03, b"\0", integer(public)))


def test_a_key_on_standardised_parameters_is_that_of_appendix_i() -> None:
    key = StaticKey.read(APPENDIX_I)
    assert key.group.name == "brainpoolP256r1"
    assert key.public == APPENDIX_I[-65:]


def test_a_key_on_a_curve_by_name_and_by_parameters() -> None:
    private = made.elliptic_key()
    for made_info in (made.public_info(private), made.explicit_info(private)):
        key = StaticKey.read(made_info.dump())
        assert (key.group.name, key.public) == ("secp256r1", bytes(made_info["public_key"]))


def test_a_key_in_a_standardised_prime_field_has_its_order() -> None:
    known = modp_groups()[2]
    assert StaticKey.read(info(X942, 4, known.p, known.g, known.order)) == StaticKey(known, b"\x04")
    assert StaticKey.read(info(PKCS3, 4, known.p, known.g)).group == known


def test_a_key_in_another_prime_field() -> None:
    key = StaticKey.read(info(PKCS3, 200, P, 2, 256))
    assert (key.group.name, key.group.order, key.public) == ("MODP-2048", P - 1, b"\xc8")
    key = StaticKey.read(info(X942, 200, P, 5, 1019))
    assert (key.group.name, key.group.order) == ("MODP-2048", 1019)


@pytest.mark.parametrize("p", [23, 2**1024, 2**9000 + 1], ids=["short", "even", "long"])
def test_a_prime_field_of_no_use_is_refused(p: int) -> None:
    with pytest.raises(UnreadableError, match="is no group to agree in"):
        StaticKey.read(info(PKCS3, 5, p, 2))


def test_a_prime_field_without_its_numbers_is_refused() -> None:
    with pytest.raises(UnreadableError, match="a prime field of 0 bits is no group to agree in"):
        StaticKey.read(info(PKCS3, 5, P))


def test_a_key_that_only_signs_is_not_supported() -> None:
    with pytest.raises(
        UnsupportedProtocolError, match="keys of the kind 1\\.2\\.840\\.113549\\.1\\.1\\.1 agree on no session key"
    ):
        StaticKey.read(info(RSA, 5))


@pytest.mark.parametrize("end", [0, 1, 10, 30, 60])
def test_a_key_that_is_cut_off_is_unreadable(end: int) -> None:
    with pytest.raises(UnreadableError):
        StaticKey.read(APPENDIX_I[:end])
