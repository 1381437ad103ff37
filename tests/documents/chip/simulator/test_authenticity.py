"""Active and chip authentication of the chip, judged by arithmetic of the test's own."""

from __future__ import annotations

from hashlib import sha1, sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from tests.documents.chip.simulator.terminal import Terminal

from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.cipher import AES_256, TRIPLE_DES, CipherSuite, SessionKeys
from gatehouse.documents.chip.groups import Group, standardised_group
from gatehouse.documents.chip.secure_messaging import SecureMessaging
from gatehouse.documents.chip.simulator import ChipImage, SimulatedChip
from gatehouse.documents.chip.simulator.image import AgreementKey
from gatehouse.documents.tlv import compose

octets = bytes.fromhex

KEY = MrzKey("L898902C", "690806", "940623")
COM = octets("60145F0104303130365F36063034303030305C026175")
CHALLENGE = octets("F173589974BF40C6")
RSA_KEY = rsa.generate_private_key(65537, 1024)


def opened(**secrets: object) -> Terminal:
    terminal = Terminal(SimulatedChip(ChipImage({"COM": COM}, KEY, **secrets)))  # type: ignore[arg-type]
    terminal.select_application()
    terminal.open(KEY).need(0x82)  # type: ignore[arg-type]
    return terminal


def recovered(signature: bytes) -> bytes:
    numbers = RSA_KEY.public_key().public_numbers()
    return pow(int.from_bytes(signature, "big"), numbers.e, numbers.n).to_bytes(128, "big")


def test_a_signature_with_recovery_by_sha_1() -> None:
    terminal = opened(active_key=RSA_KEY, active_hash="sha1")
    message = recovered(terminal.ins(0x88, 0, 0, CHALLENGE, 256).data)
    assert (message[0], message[-1], len(message)) == (0x6A, 0xBC, 128)
    assert message[-21:-1] == sha1(message[1:-21] + CHALLENGE).digest()


def test_a_signature_with_recovery_by_sha_256() -> None:
    terminal = opened(active_key=RSA_KEY, active_hash="sha256")
    message = recovered(terminal.ins(0x88, 0, 0, CHALLENGE, 256).data)
    assert (message[0], message[-2:]) == (0x6A, octets("34CC"))
    assert message[-34:-2] == sha256(message[1:-34] + CHALLENGE).digest()


@pytest.mark.parametrize(
    ("curve", "hash_name", "size"),
    [(ec.SECP256R1(), "sha256", 64), (ec.BrainpoolP384R1(), "sha384", 96), (ec.SECP521R1(), "sha256", 132)],
)
def test_a_signature_on_a_curve(curve: ec.EllipticCurve, hash_name: str, size: int) -> None:
    key = ec.generate_private_key(curve)
    signature = opened(active_key=key, active_hash=hash_name).ins(0x88, 0, 0, CHALLENGE, 256).data
    assert len(signature) == size
    r, s = (int.from_bytes(half, "big") for half in (signature[: size // 2], signature[size // 2 :]))
    hashed = SHA384() if hash_name == "sha384" else SHA256()
    key.public_key().verify(encode_dss_signature(r, s), CHALLENGE, ec.ECDSA(hashed))


def test_active_authentication_asks_for_access_and_eight_octets() -> None:
    terminal = opened(active_key=RSA_KEY)
    assert terminal.ins(0x88, 0, 0, CHALLENGE[:7], 256).status == 0x6700
    terminal.session = None
    assert terminal.ins(0x88, 0, 0, CHALLENGE, 256).status == 0x6982
    assert opened().ins(0x88, 0, 0, CHALLENGE, 256).status == 0x6D00


P256, MODP = standardised_group(13), standardised_group(0)
KEYS = (AgreementKey(P256, 4711, key_id=1), AgreementKey(MODP, 1234, key_id=2))


def agree(terminal: Terminal, group: Group, private: int, suite: CipherSuite, template: bytes) -> None:
    """MSE:Set AT and GENERAL AUTHENTICATE; the session after it is the new one."""
    assert terminal.ins(0x22, 0x41, 0xA4, template).status == 0x9000
    own = compose(0x7C, compose(0x80, group.public_key(815)))
    answer = terminal.ins(0x86, 0, 0, own, 256)
    assert (answer.data, answer.status) == (octets("7C00"), 0x9000)
    secret = group.agree(815, group.public_key(private))
    terminal.session = SecureMessaging(SessionKeys.derive(suite, secret))


def test_chip_authentication_on_a_curve_with_aes() -> None:
    terminal = opened(agreement_keys=KEYS)
    agree(terminal, P256, 4711, AES_256, octets("800A04007F00070202030204840101"))
    assert terminal.read_whole(0x011E, len(COM)) == COM


def test_chip_authentication_in_a_prime_field() -> None:
    terminal = opened(agreement_keys=KEYS)
    agree(terminal, MODP, 1234, TRIPLE_DES, octets("800A04007F00070202030101840102"))
    assert terminal.read_whole(0x011E, len(COM)) == COM


def test_the_only_key_needs_no_number() -> None:
    terminal = opened(agreement_keys=KEYS[:1])
    agree(terminal, P256, 4711, AES_256, octets("800A04007F00070202030204"))
    assert terminal.read_whole(0x011E, len(COM)) == COM


def test_key_agreement_in_one_command() -> None:
    terminal = opened(agreement_keys=KEYS)
    data = compose(0x91, P256.public_key(815)) + octets("840101")
    assert terminal.ins(0x22, 0x41, 0xA6, data).status == 0x9000
    secret = P256.agree(815, P256.public_key(4711))
    terminal.session = SecureMessaging(SessionKeys.derive(TRIPLE_DES, secret))
    assert terminal.read_whole(0x011E, len(COM)) == COM


@pytest.mark.parametrize(
    ("template", "status"),
    [
        ("800A04007F00070202030204", 0x6A88),  # two keys, none named
        ("800A04007F00070202030204840109", 0x6A88),
        ("800A04007F00070202030205840101", 0x6A80),
        ("800A04007F00070202030104840101", 0x6A80),  # the protocol of prime fields with a key on a curve
    ],
)
def test_what_cannot_be_chosen(template: str, status: int) -> None:
    assert opened(agreement_keys=KEYS).ins(0x22, 0x41, 0xA4, octets(template)).status == status


def test_a_key_that_is_none_leaves_the_session_as_it_was() -> None:
    terminal = opened(agreement_keys=KEYS)
    terminal.ins(0x22, 0x41, 0xA4, octets("800A04007F00070202030204840101"))
    assert terminal.ins(0x86, 0, 0, compose(0x7C, compose(0x80, octets("0400"))), 256).status == 0x6A80
    assert terminal.read_whole(0x011E, len(COM)) == COM


def test_chip_authentication_asks_for_access() -> None:
    terminal = Terminal(SimulatedChip(ChipImage({"COM": COM}, KEY, agreement_keys=KEYS)))
    terminal.select_application()
    assert terminal.ins(0x22, 0x41, 0xA4, octets("800A04007F00070202030204840101")).status == 0x6982
    assert terminal.ins(0x22, 0x41, 0xA6, octets("840101")).status == 0x6982
