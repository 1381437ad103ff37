"""Certificates of a made-up state: every scheme, and each way a chain can be wrong."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.chip import bsi_tr_03110 as bsi
from tests.documents.chip.cv_certificates.made import FIRST, LAST, TA, holder, is_elliptic

from gatehouse.documents.chip.cv_certificates import (
    Authorization,
    CvCertificate,
    Role,
    advanced,
    chain_from,
    effective_rights,
    require_valid,
)
from gatehouse.documents.chip.cv_certificates.keys import SCHEMES
from gatehouse.documents.chip.errors import AuthenticationError, UnsupportedProtocolError
from gatehouse.documents.tlv import compose
from gatehouse.kernel.errors import UnreadableError

AUTHORITY = holder("UTCVCA00001", Role.AUTHORITY)
NEXT = holder("UTCVCA00002", Role.AUTHORITY, by=AUTHORITY, effective=date(2026, 6, 1), expires=date(2027, 6, 1))
VERIFIER = holder("UTDVUT00001", Role.DOMESTIC_VERIFIER, by=AUTHORITY)
FOREIGN = holder("UTDVAA00001", Role.FOREIGN_VERIFIER, by=AUTHORITY, rights=0b01)
TERMINAL = holder("UTISUT00001", Role.TERMINAL, by=VERIFIER)
ABROAD = holder("AAISAA00001", Role.TERMINAL, by=FOREIGN, effective=date(2026, 7, 1))


@pytest.mark.parametrize("oid", SCHEMES)
def test_every_scheme_signs_and_verifies(oid: str) -> None:
    authority = holder("UTCVCA00009", Role.AUTHORITY, oid=oid)
    verifier = holder("UTDVUT00009", Role.DOMESTIC_VERIFIER, by=authority, oid=oid)
    key = authority.certificate.key
    require_valid(verifier.certificate, key, issuer=authority.certificate, today=FIRST)
    assert is_elliptic(verifier.certificate) == oid.startswith(f"{TA}.2.")
    assert verifier.certificate.key.curve is None


def required(certificate: CvCertificate, issuer: CvCertificate, today: date = FIRST) -> str:
    with pytest.raises(AuthenticationError) as refused:
        require_valid(certificate, issuer.key.on_curve_of(AUTHORITY.certificate.key), issuer=issuer, today=today)
    return str(refused.value)


def test_a_whole_chain_is_valid_on_its_last_day_and_not_after() -> None:
    chain = (AUTHORITY, VERIFIER, TERMINAL)
    for by, each in itertools.pairwise(chain):
        key = by.certificate.key.on_curve_of(AUTHORITY.certificate.key)
        require_valid(each.certificate, key, issuer=by.certificate, today=LAST)
        said = required(each.certificate, by.certificate, date(2027, 1, 1))
        assert said == f"the certificate of {each.certificate.holder} expired on 2026-12-31"


def test_an_expired_link_certificate_still_leads_to_the_next_authority() -> None:
    require_valid(NEXT.certificate, AUTHORITY.certificate.key, issuer=AUTHORITY.certificate, today=date(2030, 1, 1))


def test_what_may_not_be_issued() -> None:
    terminal = holder("UTISUT00002", Role.TERMINAL, by=AUTHORITY).certificate
    assert required(terminal, AUTHORITY.certificate) == "UTCVCA00001 may not issue such a certificate"
    verifier = holder("UTDVUT00002", Role.DOMESTIC_VERIFIER, by=VERIFIER).certificate
    assert required(verifier, VERIFIER.certificate) == "UTDVUT00001 may not issue such a certificate"
    below = holder("UTISUT00003", Role.TERMINAL, by=TERMINAL).certificate
    assert required(below, TERMINAL.certificate) == "UTISUT00001 may not issue such a certificate"
    assert "names another authority" in required(TERMINAL.certificate, AUTHORITY.certificate)


def test_a_forged_signature_is_wrong() -> None:
    forged = holder("UTDVUT00003", Role.DOMESTIC_VERIFIER, by=AUTHORITY, signer=VERIFIER.key).certificate
    assert required(forged, AUTHORITY.certificate) == "the signature of the certificate of UTDVUT00003 is wrong"


def test_the_chip_s_date_moves_by_what_is_accurate() -> None:
    long_ago = date(2020, 1, 1)
    for certificate, issuer, then in (
        (NEXT, AUTHORITY, date(2026, 6, 1)),
        (VERIFIER, AUTHORITY, FIRST),
        (TERMINAL, VERIFIER, FIRST),
        (ABROAD, FOREIGN, long_ago),
    ):
        assert advanced(long_ago, certificate.certificate, issuer=issuer.certificate) == then
    assert advanced(LAST, VERIFIER.certificate, issuer=AUTHORITY.certificate) == LAST


def test_rights_are_what_all_allow() -> None:
    assert effective_rights([AUTHORITY.certificate, FOREIGN.certificate, ABROAD.certificate]) == 0b01
    assert effective_rights([]) == 0


def test_the_terminal_finds_its_way_from_the_chip_s_authority() -> None:
    held = [each.certificate for each in (TERMINAL, ABROAD, VERIFIER, FOREIGN, NEXT, AUTHORITY)]
    assert [each.holder for each in chain_from("UTCVCA00001", held)] == ["UTDVUT00001", "UTISUT00001"]
    renewed = holder("UTDVUT00005", Role.DOMESTIC_VERIFIER, by=NEXT)
    later = holder("UTISUT00005", Role.TERMINAL, by=renewed, expires=date(2027, 3, 1))
    held += [renewed.certificate, later.certificate]
    assert [each.holder for each in chain_from("UTCVCA00001", held)] == ["UTCVCA00002", "UTDVUT00005", "UTISUT00005"]
    assert chain_from("UTCVCA00000", held) == ()
    assert chain_from("UTCVCA00001", [AUTHORITY.certificate, VERIFIER.certificate]) == ()


def test_certificates_that_name_each_other_end() -> None:
    one = holder("UTDVUT00006", Role.DOMESTIC_VERIFIER, by=VERIFIER)
    other = holder("UTDVUT00001", Role.DOMESTIC_VERIFIER, by=one)
    assert chain_from("UTCVCA00001", [VERIFIER.certificate, one.certificate, other.certificate]) == ()


@pytest.mark.parametrize("end", [0, 1, 4, 20, 100, 362])
def test_a_certificate_that_is_cut_off_is_unreadable(end: int) -> None:
    with pytest.raises(UnreadableError):
        CvCertificate.read(bsi.EC_TERMINAL[:end])


@given(st.integers(0, 8 * len(bsi.EC_AUTHORITY) - 1))
def test_one_changed_bit_is_refused_or_breaks_the_signature(bit: int) -> None:
    changed = bytearray(bsi.EC_AUTHORITY)
    changed[bit // 8] ^= 1 << bit % 8
    good = CvCertificate.read(bsi.EC_AUTHORITY)
    try:
        read = CvCertificate.read(bytes(changed))
    except (UnreadableError, UnsupportedProtocolError):
        return
    assert (read.body, read.signature) == (good.body, good.signature) or not good.key.verifies(
        read.body, read.signature
    )


def test_a_counterfeit_generator_is_refused() -> None:
    generator = bsi.EC_AUTHORITY.find(bytes.fromhex("8481810481AEE4BD"))
    changed = bytearray(bsi.EC_AUTHORITY)
    changed[generator + 8] ^= 1
    with pytest.raises(UnreadableError, match="differ from those of brainpoolP512r1"):
        CvCertificate.read(bytes(changed))


def test_an_authorization_of_nothing_is_unreadable() -> None:
    encoded = Authorization(Role.TERMINAL, 0).encode()
    body = bytearray(TERMINAL.certificate.body)
    at = bytes(body).find(Authorization(Role.TERMINAL, 0b11).encode())
    assert len(encoded) == 17
    body[at + 15] = 0
    with pytest.raises(UnreadableError, match="the authorization of a certificate is empty"):
        CvCertificate.read(bytes(body) + compose(0x5F37, TERMINAL.certificate.signature))
