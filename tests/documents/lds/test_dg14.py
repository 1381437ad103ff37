"""Security infos beyond the specimen's: PACE, active authentication, key numbers, unknown protocols."""

from __future__ import annotations

import pytest
from asn1crypto import core
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.conformance import conformance

from gatehouse.documents.lds import dg14
from gatehouse.documents.lds.public_keys import chip_key
from gatehouse.documents.lds.security_infos import SecurityInfo
from gatehouse.documents.tlv import compose, outermost
from gatehouse.kernel.errors import UnreadableError

BSI = "0.4.0.127.0.7.2.2"


def oid(dotted: str) -> bytes:
    encoded: bytes = core.ObjectIdentifier(dotted).dump()
    return encoded


def integer(number: int) -> bytes:
    return compose(0x02, bytes([number]))


def file(*infos: bytes) -> bytes:
    return compose(0x6E, compose(0x31, *(compose(0x30, info) for info in infos)))


@pytest.mark.parametrize(
    ("info", "read"),
    [
        (
            oid(f"{BSI}.4.2.4") + integer(2) + integer(13),
            SecurityInfo(f"{BSI}.4.2.4", "id-PACE-ECDH-GM-AES-CBC-CMAC-256", version=2, parameter_id=13),
        ),
        (
            oid(f"{BSI}.4.6.2") + integer(2) + integer(12),
            SecurityInfo(f"{BSI}.4.6.2", "id-PACE-ECDH-CAM-AES-CBC-CMAC-128", version=2, parameter_id=12),
        ),
        (
            oid(f"{BSI}.3.2.2") + integer(1) + integer(7),
            SecurityInfo(f"{BSI}.3.2.2", "id-CA-ECDH-AES-CBC-CMAC-128", version=1, key_id=7),
        ),
        (
            oid("2.23.136.1.1.5") + integer(1) + oid("0.4.0.127.0.7.1.1.4.1.3"),
            SecurityInfo(
                "2.23.136.1.1.5",
                "id-icao-mrtd-security-aaProtocolObject",
                version=1,
                signature_algorithm="0.4.0.127.0.7.1.1.4.1.3",
            ),
        ),
        (oid("1.2.3.4") + compose(0x04, b"?"), SecurityInfo("1.2.3.4", None)),
    ],
)
def test_an_info_is_read_by_its_protocol(info: bytes, read: SecurityInfo) -> None:
    assert dg14.read(file(info)).infos == (read,)


def test_keys_and_protocols_are_found_by_their_name() -> None:
    public = ec.generate_private_key(ec.BrainpoolP256R1()).public_key()
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    read = dg14.read(file(oid(f"{BSI}.1.2") + der + integer(5), oid(f"{BSI}.3.2.2") + integer(1) + integer(5)))
    (info,) = read.named("id-PK-")
    assert info.key is not None
    assert (info.key_id, info.key.curve, info.key.explicit, info.key.der) == (5, "brainpoolP256r1", False, der)
    assert [found.key_id for found in read.named("id-CA-")] == [5]


@pytest.mark.parametrize(("place", "differing"), [(0x60, "a"), (0x90, "b"), (0xA0, "G"), (0xE8, "n"), (0xF1, "h")])
def test_a_key_on_a_counterfeit_curve_is_refused(place: int, differing: str) -> None:
    """One parameter of the specimen's explicit curve changed: CVE-2020-0601 is the case of G."""
    data = bytearray(conformance("documents/specimen-bsi-2008/EF_DG14.bin").read_bytes())
    data[place] ^= 0x02
    with pytest.raises(UnreadableError) as refused:
        dg14.read(bytes(data))
    assert str(refused.value) == f"the explicit parameters are those of brainpoolP224r1 but for {differing}"


@pytest.mark.parametrize(
    "info",
    [b"", integer(1), oid(f"{BSI}.1.2"), oid(f"{BSI}.1.2") + compose(0x30, integer(1))],
)
def test_a_broken_info_is_refused(info: bytes) -> None:
    with pytest.raises(UnreadableError):
        dg14.read(file(info))


def test_a_key_in_standardised_parameters_has_its_curve() -> None:
    """The SubjectPublicKeyInfo of ICAO 9303-11 appendix I."""
    der = bytes.fromhex(
        "3052300C060704007F0007010202010D034200041872709494399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610DC8"
        "84D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F"
    )
    key = chip_key(outermost(der, 0x30))
    assert (key.kind, key.bits, key.curve, key.explicit, key.der) == ("EC", 256, "brainpoolP256r1", False, der)


def test_a_key_in_a_standardised_prime_field_is_of_diffie_hellman() -> None:
    der = bytes.fromhex("3014300C060704007F00070102020102030400020102")
    key = chip_key(outermost(der, 0x30))
    assert (key.kind, key.bits, key.curve) == ("DH", 2048, None)


def test_a_key_in_reserved_parameters_is_refused() -> None:
    der = bytes.fromhex("3014300C060704007F00070102020107030400020102")
    with pytest.raises(UnreadableError, match="the domain parameters 7 are not standardised"):
        chip_key(outermost(der, 0x30))
