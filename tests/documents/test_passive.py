"""Passive authentication with a made-up state: each way a document can be wrong, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from asn1crypto import keys
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.documents import pki_factory as made

from gatehouse.documents.passive import authenticate
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.tlv import compose
from gatehouse.documents.verdict import Verdict
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Result

ON = date(2026, 11, 22)
DG2 = b"\x75\x03abc"
GROUPS = {1: made.DG1, 2: DG2}
CSCA = made.csca()
DSC = made.dsc(CSCA)
GOOD = made.sod(DSC, GROUPS)


def trusting(*identities: made.Identity) -> TrustStore:
    return TrustStore([Certificate.read(each.der) for each in identities or (CSCA,)])


def judged(
    sod: bytes = GOOD,
    *,
    groups: dict[int, bytes] | None = None,
    trust: TrustStore | None = None,
    crls: Sequence[bytes] = (),
    on: date = ON,
) -> Verdict:
    return authenticate(
        sod,
        data_groups=GROUPS if groups is None else groups,
        trust=trust or trusting(),
        crls=[Crl.read(each) for each in crls],
        on=on,
    )


def said(verdict: Verdict, check: str) -> tuple[Result, str]:
    found = verdict.check(check)
    return found.result, str(found.reason)


def test_everything_in_order() -> None:
    found = judged(crls=[made.revocation_list(CSCA, 7)])
    assert found.result is Result.SUCCESSFUL
    assert [(check.id, check.result.value, str(check.reason)) for check in found.checks] == [
        ("sod_signature", "successful", "signed by CN=DS Utopia,C=UT, serial 1001"),
        ("dsc_chain", "successful", "issued by the CSCA CN=CSCA Utopia,C=UT, serial 01"),
        ("dsc_validity", "successful", "valid at signing on 2024-06-01, and on 2026-11-22"),
        ("revocation", "successful", "not on the revocation list of 2026-11-01"),
        ("dg_hash", "successful", "unchanged: DG1, DG2"),
        ("issuer_state", "successful", "the MRZ is of UTO, the signer of UT"),
        ("algorithm_policy", "successful", "no weak algorithm"),
    ]


def test_no_csca_of_the_name_is_undetermined() -> None:
    found = judged(trust=trusting(made.csca(common="Another")))
    assert found.result is Result.UNDETERMINED
    assert said(found, "dsc_chain") == (Result.UNDETERMINED, "no CSCA named CN=CSCA Utopia,C=UT is trusted")


def test_a_csca_of_the_name_with_another_key_fails() -> None:
    found = judged(trust=trusting(made.csca(), made.csca(key=made.rsa_key())))
    assert found.result is Result.FAILED
    assert said(found, "dsc_chain") == (
        Result.FAILED,
        "of 2 trusted CSCAs named CN=CSCA Utopia,C=UT none issued the signer",
    )


def test_all_cscas_of_one_name_are_tried() -> None:
    assert judged(trust=trusting(made.csca(), CSCA, made.csca())).result is Result.SUCCESSFUL


def test_letter_case_and_spaces_in_a_name_do_not_count() -> None:
    renamed = made.csca(country="ut", common="csca  UTOPIA", key=CSCA.key)
    found = judged(trust=trusting(renamed))
    assert found.result is Result.SUCCESSFUL


def test_a_csca_of_another_name_is_found_by_its_key_identifier() -> None:
    found = judged(trust=trusting(made.csca(common="Renamed", key=CSCA.key)))
    assert said(found, "dsc_chain") == (Result.SUCCESSFUL, "issued by the CSCA CN=Renamed,C=UT, serial 01")


def test_a_certificate_that_is_no_authority_issues_nothing() -> None:
    impostor = made.issue(CSCA.subject, CSCA.key)
    found = judged(trust=trusting(impostor))
    assert (found.result, found.check("dsc_chain").result) == (Result.FAILED, Result.FAILED)


def test_a_rekeyed_csca_is_reached_through_its_link_certificate() -> None:
    rekeyed = made.csca(serial=2)
    link = made.issue(CSCA.subject, rekeyed.key, by=CSCA, ca=True, serial=3)
    sod = made.sod(made.dsc(rekeyed), GROUPS)
    assert judged(sod).result is Result.FAILED
    assert said(judged(sod, trust=trusting(CSCA, link)), "dsc_chain")[0] is Result.SUCCESSFUL
    brought = made.sod(dsc := made.dsc(rekeyed), GROUPS, certificates=[dsc.der, link.der])
    assert judged(brought).result is Result.SUCCESSFUL
    forged = made.issue(CSCA.subject, rekeyed.key, by=made.csca(), ca=True, serial=3)
    assert judged(made.sod(dsc, GROUPS, certificates=[dsc.der, forged.der])).result is Result.FAILED


def test_no_state_makes_a_csca_of_another() -> None:
    foreign = made.issue(made.name("XX", "CSCA XX"), made.elliptic_key(), by=CSCA, ca=True)
    zone = compose(0x61, compose(0x5F1F, made.MRZ.replace(b"P<UTO", b"P<XX<")))
    signer = made.dsc(foreign, country="XX")
    found = judged(made.sod(signer, {1: zone}, certificates=[signer.der, foreign.der]), groups={1: zone})
    assert (found.result, found.check("dsc_chain").result) == (Result.UNDETERMINED, Result.UNDETERMINED)


def test_a_document_signer_issues_no_others() -> None:
    promoted = made.dsc(CSCA, ca=True)
    unlisted = made.issue(made.name("UT", "DS"), made.elliptic_key(), by=promoted, serial=2)
    brought = made.sod(unlisted, GROUPS, certificates=[unlisted.der, promoted.der])
    assert judged(brought).check("dsc_chain").result is Result.UNDETERMINED


def test_a_signer_of_master_lists_signs_no_documents() -> None:
    found = judged(made.sod(made.dsc(CSCA, purpose="2.23.136.1.1.3"), GROUPS))
    assert (found.result, said(found, "dsc_chain")) == (
        Result.FAILED,
        (Result.FAILED, "CN=DS Utopia,C=UT is certified to sign something other than documents"),
    )


def test_a_revoked_signer_fails_whatever_the_day() -> None:
    listed = made.revocation_list(CSCA, 7, 0x1001)
    assert judged(crls=[listed]).result is Result.FAILED
    assert said(judged(crls=[listed], on=date(2030, 1, 1)), "revocation") == (Result.FAILED, "revoked on 2026-10-05")


def test_a_list_that_another_key_signed_says_nothing() -> None:
    found = judged(crls=[made.revocation_list(made.csca(), 0x1001)])
    assert found.result is Result.SUCCESSFUL
    assert said(found, "revocation") == (
        Result.UNDETERMINED,
        "no revocation list of CN=CSCA Utopia,C=UT is signed by a trusted CSCA of that name",
    )


def test_a_list_of_another_issuer_says_nothing() -> None:
    other = made.csca(common="Another")
    found = judged(crls=[made.revocation_list(other, 0x1001)], trust=trusting(CSCA, other))
    assert said(found, "revocation") == (Result.UNDETERMINED, "no revocation list is of CN=CSCA Utopia,C=UT")


def test_an_outdated_list_does_not_clear_a_signer() -> None:
    found = judged(crls=[made.revocation_list(CSCA, 7)], on=date(2026, 12, 24))
    assert said(found, "revocation") == (
        Result.UNDETERMINED,
        "not on the revocation list of 2026-11-01, which is not current on 2026-12-24 (next update: 2026-12-01)",
    )


def test_a_list_of_some_certificates_is_not_taken_for_a_whole_one() -> None:
    with pytest.raises(UnreadableError, match="critical extension"):
        Crl.read(made.revocation_list(CSCA, critical=True))


@pytest.mark.parametrize(
    ("signed_on", "on", "expected"),
    [
        ("2019-12-31", ON, (Result.FAILED, "valid from 2020-01-01 to 2021-01-01, but signed on 2019-12-31")),
        ("2021-06-01", ON, (Result.FAILED, "valid from 2020-01-01 to 2021-01-01, but signed on 2021-06-01")),
        (
            "2020-06-01",
            ON,
            (
                Result.SUCCESSFUL,
                "valid at signing on 2020-06-01; not on 2026-11-22: valid from 2020-01-01 to 2021-01-01",
            ),
        ),
        (
            None,
            ON,
            (
                Result.UNDETERMINED,
                "valid from 2020-01-01 to 2021-01-01, not on 2026-11-22; when it signed is not said",
            ),
        ),
        (
            None,
            date(2020, 6, 1),
            (Result.SUCCESSFUL, "valid from 2020-01-01 to 2021-01-01; when it signed is not said"),
        ),
    ],
)
def test_validity_is_judged_at_signing_and_lowers_nothing(
    signed_on: str | None, on: date, expected: tuple[Result, str]
) -> None:
    sod = made.sod(made.dsc(CSCA, last="2021-01-01"), GROUPS, signed_on=signed_on)
    found = judged(sod, on=on)
    assert (said(found, "dsc_validity"), found.result) == (expected, Result.SUCCESSFUL)


def test_changed_and_unlisted_data_groups_are_named() -> None:
    found = judged(groups={1: made.DG1, 2: DG2 + b"\0", 15: b"x"})
    assert found.result is Result.FAILED
    assert said(found, "dg_hash") == (Result.FAILED, "changed: DG2; not listed in EF.SOD, so not signed: DG15")


def test_the_document_of_one_state_signed_by_another_fails() -> None:
    foreign = made.csca(country="XX", common="CSCA")
    found = judged(made.sod(made.dsc(foreign, country="XX"), GROUPS), trust=trusting(foreign))
    assert found.result is Result.FAILED
    assert said(found, "issuer_state") == (Result.FAILED, "the MRZ is of UTO, but the signer of XX")


def test_a_state_without_a_known_code_is_undetermined() -> None:
    unknown = compose(0x61, compose(0x5F1F, made.MRZ.replace(b"P<UTO", b"P<XOM")))
    found = judged(made.sod(DSC, {1: unknown}), groups={1: unknown})
    assert (found.result, found.check("issuer_state").result) == (Result.SUCCESSFUL, Result.UNDETERMINED)


def test_a_state_without_a_known_code_may_sign_by_its_code_in_the_zone() -> None:
    zone = compose(0x61, compose(0x5F1F, made.MRZ.replace(b"P<UTO", b"P<XOM")))
    order = made.csca(country="XOM")
    found = judged(made.sod(made.dsc(order, country="XOM"), {1: zone}), groups={1: zone}, trust=trusting(order))
    assert said(found, "issuer_state") == (Result.SUCCESSFUL, "the MRZ is of XOM, the signer of XOM")


def test_a_first_data_group_without_a_zone_is_undetermined() -> None:
    found = judged(made.sod(DSC, {1: b"\x61\x00"}), groups={1: b"\x61\x00"})
    assert (found.check("dg_hash").result, found.check("issuer_state").result) == (
        Result.SUCCESSFUL,
        Result.UNDETERMINED,
    )


@pytest.mark.parametrize("curve", [ec.BrainpoolP256R1(), ec.BrainpoolP512R1(), ec.SECP521R1()])
def test_explicit_parameters_of_a_known_curve(curve: ec.EllipticCurve) -> None:
    key = made.elliptic_key(curve)
    found = judged(made.sod(made.dsc(CSCA, key=key, info=made.explicit_info(key)), GROUPS))
    assert found.result is Result.SUCCESSFUL
    assert said(found, "algorithm_policy") == (
        Result.SUCCESSFUL,
        "no weak algorithm; explicit elliptic curve parameters (SOD)",
    )


@pytest.mark.parametrize(
    ("parameter", "named"), [("a", "a"), ("b", "b"), ("gx", "G"), ("gy", "G"), ("n", "n"), ("h", "h")]
)
def test_explicit_parameters_that_differ_in_one_are_refused(parameter: str, named: str) -> None:
    key = made.elliptic_key()
    info = made.explicit_info(key, **{parameter: 5})
    found = judged(made.sod(made.dsc(CSCA, key=key, info=info), GROUPS))
    assert found.result is Result.FAILED
    assert said(found, "sod_signature") == (
        Result.FAILED,
        f"the explicit parameters are those of secp256r1 but for {named}",
    )


def test_pss_with_its_own_parameters() -> None:
    root = made.csca(key=made.rsa_key(), pss=True)
    signer = made.dsc(root, key=made.rsa_key(), pss=True)
    sod = made.sod(signer, GROUPS, pss=True)
    assert judged(sod, trust=trusting(root)).result is Result.SUCCESSFUL
    wrong_salt = sod.replace(b"\xa2\x03\x02\x01\x20", b"\xa2\x03\x02\x01\x1f")
    assert wrong_salt != sod
    assert judged(wrong_salt, trust=trusting(root)).result is Result.FAILED


@pytest.mark.parametrize("content_type", ["1.3.27.1.1.1", "1.2.528.1.1006.1.20.1", "1.2.840.113549.1.7.1"])
def test_content_types_seen_in_the_wild(content_type: str) -> None:
    assert judged(made.sod(DSC, GROUPS, content_type=content_type)).result is Result.SUCCESSFUL


def test_what_the_signer_signed_must_be_the_content() -> None:
    found = judged(made.sod(DSC, GROUPS, digest=bytes(32)))
    assert said(found, "sod_signature") == (
        Result.FAILED,
        "the content was changed: its digest is not the one that was signed",
    )
    found = judged(made.sod(DSC, GROUPS, signed_content_type="1.2.3"))
    assert said(found, "sod_signature") == (
        Result.FAILED,
        "the signed content type is not that of the content, 2.23.136.1.1.1",
    )


def test_a_signer_named_by_its_key_identifier() -> None:
    assert judged(made.sod(DSC, GROUPS, signer_key_id=made.key_id(DSC.info))).result is Result.SUCCESSFUL


def test_without_signed_attributes_the_content_itself_is_signed() -> None:
    assert judged(made.sod(DSC, GROUPS, plain=True)).result is Result.SUCCESSFUL


def test_without_a_certificate_nothing_is_known_of_the_signer() -> None:
    found = judged(made.sod(DSC, GROUPS, certificates=[]))
    assert (found.result, found.signer) == (Result.UNDETERMINED, None)
    assert said(found, "sod_signature") == (
        Result.UNDETERMINED,
        "EF.SOD holds no certificate of its signer: CN=CSCA Utopia,C=UT, serial 1001",
    )


def test_the_certificate_it_holds_is_tried_though_it_names_another() -> None:
    found = judged(made.sod(DSC, GROUPS, signer_serial=5))
    assert found.result is Result.SUCCESSFUL
    assert "though EF.SOD names it as CN=CSCA Utopia,C=UT, serial 5" in str(found.check("sod_signature").reason)
    another = made.dsc(CSCA)
    assert judged(made.sod(DSC, GROUPS, signer_serial=5, certificates=[another.der])).result is Result.FAILED


def test_of_several_signers_the_one_that_proves_the_document_counts() -> None:
    stranger = made.dsc(made.csca(common="Another"), serial=9)
    found = judged(made.sod(DSC, GROUPS, extra_signers=[stranger]))
    assert found.result is Result.SUCCESSFUL
    assert str(found.check("sod_signature").reason).endswith("serial 1001, one of 2 signers")


def test_a_flood_of_certificates_or_signers_is_refused_before_it_costs_anything() -> None:
    with pytest.raises(UnreadableError, match="more than 16 certificates"):
        judged(made.sod(DSC, GROUPS, certificates=[DSC.der] * 17))
    with pytest.raises(UnreadableError, match="has 5 signers"):
        judged(made.sod(DSC, GROUPS, extra_signers=[DSC] * 4))
    assert judged(made.sod(DSC, GROUPS, extra_signers=[DSC] * 3)).result is Result.SUCCESSFUL


def test_an_rsa_exponent_that_would_take_long_is_refused() -> None:
    slow = {"modulus": 2**3072 - 1, "public_exponent": 2**64 + 1}
    info = keys.PublicKeyInfo({"algorithm": {"algorithm": "rsa"}, "public_key": keys.RSAPublicKey(slow)})
    found = judged(made.sod(made.dsc(CSCA, key=made.rsa_key(), info=info), GROUPS))
    assert said(found, "sod_signature") == (Result.FAILED, "an RSA exponent of 65 bits is too long")


def test_signed_attributes_are_not_taken_for_a_security_object() -> None:
    attributes = compose(0x31, *(compose(0x30, b"\x06\x01\x2a", compose(0x31)) for _ in range(2)), compose(0x30))
    with pytest.raises(UnreadableError, match="not a security object"):
        judged(made.signed_file(DSC, attributes, made.SodOptions(plain=True)))


@given(st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_changed_in_a_security_object_gives_a_verdict_or_is_unreadable(data: st.DataObject) -> None:
    damaged = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        found = judged(bytes(damaged))
    except UnreadableError:
        return
    assert found.result in (Result.SUCCESSFUL, Result.FAILED, Result.UNDETERMINED)
    assert len(found.checks) == 7


@given(st.binary(max_size=200))
def test_random_bytes_are_no_security_object(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        judged(data)
