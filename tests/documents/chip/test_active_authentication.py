"""Active authentication: ICAO 9303-11 appendix F, a run with a real chip, and signatures of every kind."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.documents.chip.replay import Drawn, Replay

from gatehouse.documents.chip.active_authentication import (
    authenticate_actively,
    recover,
    signed_hash,
    verified_hash,
)
from gatehouse.documents.chip.channel import Channel
from gatehouse.documents.chip.cipher import TRIPLE_DES, SessionKeys
from gatehouse.documents.chip.errors import AuthenticationError, StatusError, UnsupportedProtocolError
from gatehouse.documents.chip.plain_signatures import from_der
from gatehouse.documents.lds import dg15
from gatehouse.documents.lds.public_keys import ChipKey, chip_key
from gatehouse.documents.pki.curves import known_curves
from gatehouse.documents.pki.signatures import digest
from gatehouse.documents.tlv import outermost

octets = bytes.fromhex

#: Appendix F: the message representative of step 9, whose digest step 8 computes.
CHALLENGE = octets("F173589974BF40C6")
REPRESENTATIVE = octets(
    "6A9D2784A67F8E7C659973EA1AEA25D95B6C8F91E5002F369F0FBDCE8A3CEC1991B543F1696546C5524CF23A5303CD6C"
    "98599F40B79F377B5F3A1406B3B4D8F96784D23AA88DB7E1032A405E69325FA91A6E86F5C71AEA978264C4A207446DAD"
    "4E7292E2DCDA3024B47DA8C063AA1E6D22FBD976AB0FE73D94D2D9C6D88127BC"
)
#: A real chip's EF.DG15 and its run under secure messaging, from the tests of gmrtd (MIT).
REAL_DG15 = octets(
    "6F8201023081FF300D06092A864886F70D01010105000381ED003081E90281E100BB8F93F4DC95E205CDA17C6927AB1E"
    "365B13065D03CD12E0FCE95D96840529453202F56CC4C13F77CD062930C8BC89A2873B257045C286E601CF3C09323A53"
    "103314902804AA10A314628CE222206A8866946A36B442041BB54AC81E6855DD1D6E16101833D65A191C20AC8B33B8A1"
    "A32920F46043F8031CF2BC17417030865FC5BE5A39DEE423BCBA3CA8177168EB23CFE01BA43EC87711B1CFFF85DB46F3"
    "00DD8AE317B50D543B573E119E23AF7070D0B2FED6A3B2313A5EC02A531AAED1741F4390D1013E2A0F081EAC5DC8B0A1"
    "B2C6BDB1206F08D30E3643E1E5BDF536110203010001"
)
REAL_KEYS = SessionKeys(
    TRIPLE_DES, octets("B99D546108EAA251570876B6D3456DCE"), octets("E3857CA24946251C151C540E13F2CD51")
)
REAL_EXCHANGE = (
    "0C88000020871101ED7F8CB47A4EEA086324A7F9DD7427809701008E0897F54BAE49AA71F800",
    (
        "8781E901D04CA80F527DF94F4A430D3D6E6CB6C2AF4C6756C068A93132D147FA27833125304132981B8BD8009448E89F"
        "259EEC8552B54285CEF9D8F1B7FB31B9F279221C7E925F4951811F3FE2E01D76E68DBC7CDE9C873C5F61862F3C546979"
        "2A72F92C8943B890436F5E9FEAEAD9F2A361FCD7A615493D1B3519865F32EE9A125886588EB21FEE0E709353D0731139"
        "FDC958D6B2127FAD6947B438998B526819803F70F78614CD42F4A6619C6AF95DFD2AB09BEDF71E707ABC39A250AEE680"
        "06D522AD37D159674984A07D11C001022C853AEB7ACDB059EDE5721A3B9F20441BDA7E242EE8DF1369D2531699029000"
        "8E08FD2493147866F0ED9000"
    ),
)


def test_appendix_f() -> None:
    assert digest("sha1", REPRESENTATIVE[1:-21] + CHALLENGE) == REPRESENTATIVE[-21:-1]
    assert signed_hash(REPRESENTATIVE, CHALLENGE) == "sha1"
    assert signed_hash(REPRESENTATIVE, CHALLENGE[::-1]) is None


def test_a_real_chip() -> None:
    channel = Channel(Replay([REAL_EXCHANGE]))
    channel.start(REAL_KEYS, 0xCC)
    drawn = Drawn("96302B0F3D7E7864")
    assert authenticate_actively(channel, dg15.read(REAL_DG15).key, random=drawn.octets) == "sha256"


def answered(signature: bytes, key: ChipKey, challenge: str, command: str = "") -> str:
    sent = command or f"0088000008{challenge}00"
    channel = Channel(Replay([(sent, (signature + b"\x90\0").hex())]))
    return authenticate_actively(channel, key, random=Drawn(challenge).octets)


RSA = rsa.generate_private_key(65537, 2048)
TRAILERS = {"sha1": "BC", "sha224": "38CC", "sha256": "34CC", "sha384": "36CC", "sha512": "35CC"}


def public_of(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> ChipKey:
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return chip_key(outermost(der, 0x30))


def rsa_signature(challenge: bytes, hash_name: str, trailer: str, header: str = "6A", inverse: bool = False) -> bytes:
    """By ISO/IEC 9796-2 annex B.6, or B.4 where `inverse`: of the two numbers the smaller."""
    numbers = RSA.private_numbers()
    modulus, size = numbers.public_numbers.n, 256
    room = size - len(octets(header)) - len(digest(hash_name, b"")) - len(octets(trailer))
    recoverable = bytes(range(7, 7 + room % 200)) + bytes(room - room % 200)
    whole = octets(header) + recoverable + digest(hash_name, recoverable + challenge) + octets(trailer)
    number = pow(int.from_bytes(whole, "big"), numbers.d, modulus)
    return (min(number, modulus - number) if inverse else number).to_bytes(size, "big")


@pytest.mark.parametrize("inverse", [False, True])
@pytest.mark.parametrize("hash_name", TRAILERS)
def test_every_hash_of_rsa_is_told_by_its_trailer(hash_name: str, inverse: bool) -> None:
    challenge = octets("0102030405060708")
    signature = rsa_signature(challenge, hash_name, TRAILERS[hash_name], inverse=inverse)
    assert answered(signature, public_of(RSA), challenge.hex().upper()) == hash_name


def test_a_header_may_be_filled_up() -> None:
    challenge = octets("0102030405060708")
    for header in ("6BBA", "6BBBBBBA"):
        signature = rsa_signature(challenge, "sha256", "34CC", header)
        assert verified_hash(signature, challenge, public_of(RSA), None) == "sha256"


@pytest.mark.parametrize(
    ("header", "trailer"), [("4A", "34CC"), ("6C", "34CC"), ("6B", "34CC"), ("6A", "37CC"), ("6A", "34BD")]
)
def test_another_form_signs_nothing(header: str, trailer: str) -> None:
    challenge = octets("0102030405060708")
    signature = rsa_signature(challenge, "sha256", trailer, header)
    with pytest.raises(AuthenticationError, match="is not made with the key"):
        answered(signature, public_of(RSA), challenge.hex().upper())


@pytest.mark.parametrize("signature", [b"", b"\0", b"\1", b"\xff" * 256, b"\xff" * 4000, bytes(256)])
def test_what_is_no_number_below_the_modulus_signs_nothing(signature: bytes) -> None:
    assert verified_hash(signature, b"12345678", public_of(RSA), None) is None


@pytest.mark.parametrize("representative", ["", "6A", "BC", "6ABC", "CC", "34CC", "6A34CC", "6BBBBBBB34CC"])
def test_a_short_representative_signs_nothing(representative: str) -> None:
    assert signed_hash(octets(representative), b"12345678") is None


def test_an_exponent_that_costs_too_much_is_not_computed() -> None:
    assert recover(b"\x02" * 128, 2**2048 + 1, 2**2048 - 1) is None


def ecdsa_algorithm(hash_name: str) -> str:
    number = ["sha1", "sha224", "sha256", "sha384", "sha512"].index(hash_name) + 1
    return f"0.4.0.127.0.7.1.1.4.1.{number}"


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(
    ("curve", "hash_name", "hashed"),
    [
        (ec.BrainpoolP256R1(), "sha256", hashes.SHA256()),
        (ec.SECP256R1(), "sha1", hashes.SHA1()),
        (ec.SECP384R1(), "sha384", hashes.SHA384()),
        (ec.SECP521R1(), "sha512", hashes.SHA512()),
    ],
)
def test_ecdsa_in_plain_and_in_der(
    curve: ec.EllipticCurve, hash_name: str, hashed: hashes.HashAlgorithm, named: bool
) -> None:
    private, challenge = ec.generate_private_key(curve), octets("0102030405060708")
    der = private.sign(challenge, ec.ECDSA(hashed))
    algorithm = ecdsa_algorithm(hash_name) if named else None
    for signature in (der, from_der(der, known_curves()[curve.name.lower()])):
        assert verified_hash(signature, challenge, public_of(private), algorithm) == hash_name
        assert verified_hash(signature, challenge[::-1], public_of(private), algorithm) is None
    if named:
        other = ecdsa_algorithm("sha224")
        assert verified_hash(der, challenge, public_of(private), other) is None


def test_another_key_did_not_sign() -> None:
    private, other = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    der = private.sign(b"12345678", ec.ECDSA(hashes.SHA256()))
    assert verified_hash(der, b"12345678", public_of(other), None) is None


def test_a_long_signature_is_asked_for_with_extended_lengths() -> None:
    """9303-11 clause 6.1.4: keys of more than 1848 bits under secure messaging with 3DES."""
    sent: list[bytes] = []

    class Refusing:
        def transmit(self, command: bytes) -> bytes:
            sent.append(command)
            return b"\x67\0"

    for key, extended in ((RSA, True), (rsa.generate_private_key(65537, 1024), False)):
        channel = Channel(Refusing())
        channel.start(REAL_KEYS, 0)
        with pytest.raises(Exception, match="6700"):
            authenticate_actively(channel, public_of(key))
        assert (sent[-1][4] == 0) is extended


def test_a_chip_that_refuses_and_a_key_that_cannot_sign() -> None:
    with pytest.raises(StatusError):
        authenticate_actively(
            Channel(Replay([("0088000008010203040506070800", "6D00")])),
            public_of(RSA),
            random=Drawn("0102030405060708").octets,
        )
    with pytest.raises(UnsupportedProtocolError, match="keys of the kind DH"):
        verified_hash(b"", b"", ChipKey("DH", b""), None)
