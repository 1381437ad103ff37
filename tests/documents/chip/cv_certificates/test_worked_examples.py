"""The certificates and signatures of the worked examples of BSI TR-03110."""

from __future__ import annotations

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key
from tests.documents.chip import bsi_tr_03110 as bsi

from gatehouse.documents.chip.cv_certificates import CvCertificate, Role, sign
from gatehouse.documents.chip.groups import standardised_group

CHAINS = {
    "RSA": (bsi.RSA_AUTHORITY, bsi.RSA_VERIFIER, bsi.RSA_TERMINAL),
    "ECDSA": (bsi.EC_AUTHORITY, bsi.EC_VERIFIER, bsi.EC_TERMINAL),
}


@pytest.fixture(params=CHAINS)
def chain(request: pytest.FixtureRequest) -> tuple[CvCertificate, ...]:
    return tuple(map(CvCertificate.read, CHAINS[request.param]))


def test_what_the_certificates_say() -> None:
    authority, verifier, terminal = map(CvCertificate.read, CHAINS["RSA"])
    assert (authority.authority, authority.holder) == ("DETESTCVCA00003", "DETESTCVCA00003")
    assert (verifier.authority, verifier.holder) == ("DETESTCVCA00003", "DETESTDVDE019")
    assert (terminal.authority, terminal.holder) == ("DETESTDVDE019", "DETESTATDE019")
    assert [each.authorization.role for each in (authority, verifier, terminal)] == [
        Role.AUTHORITY,
        Role.DOMESTIC_VERIFIER,
        Role.TERMINAL,
    ]
    assert (authority.effective, authority.expires) == (date(2010, 3, 24), date(2011, 3, 19))
    assert authority.authorization.may_read("DG3")
    assert authority.authorization.may_read("DG4")
    assert not authority.authorization.may_read("DG2")
    assert (verifier.authorization.terminal_type, verifier.authorization.size) == ("0.4.0.127.0.7.3.1.2.2", 5)
    assert (authority.is_self_signed, verifier.is_self_signed, authority.country) == (True, False, "DE")


def test_each_certificate_is_signed_by_the_one_before(chain: tuple[CvCertificate, ...]) -> None:
    authority, verifier, terminal = chain
    key = authority.key
    assert key.verifies(authority.body, authority.signature)
    for certificate in (verifier, terminal):
        assert key.verifies(certificate.body, certificate.signature)
        changed = certificate.body[:-1] + bytes((certificate.body[-1] ^ 1,))
        assert not key.verifies(changed, certificate.signature)
        assert not key.verifies(certificate.body, certificate.signature[:-1])
        key = certificate.key.on_curve_of(key)


@pytest.mark.parametrize("name", CHAINS)
def test_the_terminal_s_signature(name: str) -> None:
    """Over the chip's name, its challenge and the terminal's key of chip authentication, both keys compressed."""
    group = standardised_group(0 if name == "RSA" else 13)
    chip, challenge, own, signature = {
        "RSA": (bsi.RSA_CHIP_KEY, bsi.RSA_CHALLENGE, bsi.DH_TERMINAL_PUBLIC, bsi.RSA_SIGNATURE),
        "ECDSA": (bsi.EC_CHIP_KEY, bsi.EC_CHALLENGE, bsi.ECDH_TERMINAL_PUBLIC, bsi.EC_SIGNATURE),
    }[name]
    message = group.compress(chip) + challenge + group.compress(own)
    authority, _, terminal = map(CvCertificate.read, CHAINS[name])
    key = terminal.key.on_curve_of(authority.key)
    assert key.verifies(message, signature)
    assert not key.verifies(message + b"\0", signature)
    if name == "RSA":
        private = load_der_private_key(bsi.RSA_PRIVATE_KEY, None)
        assert isinstance(private, rsa.RSAPrivateKey)
        assert sign(private, terminal.key.scheme, message) == signature


def test_the_parts_that_a_chip_receives_read_as_the_whole() -> None:
    whole = CvCertificate.read(bsi.EC_TERMINAL)
    assert CvCertificate.read(bsi.EC_TERMINAL[5:]) == whole
    assert CvCertificate.read(bsi.EC_TERMINAL[5:]).holder == "DETESTATDE019"


@pytest.mark.parametrize("group", [0, 13])
def test_key_agreement_of_chip_authentication(group: int) -> None:
    known = standardised_group(group)
    chip, public, own, own_public, secret = {
        0: (
            bsi.DH_CHIP_PRIVATE,
            bsi.DH_CHIP_PUBLIC,
            bsi.DH_TERMINAL_PRIVATE,
            bsi.DH_TERMINAL_PUBLIC,
            bsi.DH_SECRET,
        ),
        13: (
            bsi.ECDH_CHIP_PRIVATE,
            bsi.ECDH_CHIP_PUBLIC,
            bsi.ECDH_TERMINAL_PRIVATE,
            bsi.ECDH_TERMINAL_PUBLIC,
            bsi.ECDH_SECRET,
        ),
    }[group]
    assert known.agree(int.from_bytes(own, "big"), public) == secret
    assert known.agree(int.from_bytes(chip, "big"), own_public) == secret
    assert known.public_key(int.from_bytes(chip, "big")) == public
