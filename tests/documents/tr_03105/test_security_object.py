"""Unit LDS_H: EF.SOD and the certificate of its signer."""

from __future__ import annotations

from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from tests.documents import pki_factory as pki
from tests.documents.tr_03105.cases import Case, fails, passes
from tests.documents.tr_03105.edits import edited, gone, lengthened, tagged, valued
from tests.documents.tr_03105.inspection import CSCA, SIGNER, Outcome, document, groups_of, inspect, issued

from gatehouse.documents.chip.simulator.faults import flip
from gatehouse.documents.tlv import compose
from gatehouse.simulation.issuing import ChipKind
from gatehouse.simulation.issuing.data_groups import com

FILES = issued(ChipKind.BAC).files
GROUPS = groups_of(FILES)
NAMES = tuple(f"DG{number}" for number in GROUPS)
SOD = pki.sod(SIGNER, GROUPS)
#: From EF.SOD to the signed data, to its signer, and to the security object within.
SIGNED = (0x77, 0x30, 0xA0, 0x30)
SIGNER_INFO = (*SIGNED, -0x31, 0x30)


@cache
def rsa_signer(*, pss: bool = False) -> pki.Identity:
    return pki.dsc(CSCA, key=pki.rsa_key(), serial=0x2001 + pss)


def signed(signer: pki.Identity = SIGNER, **options: object) -> Outcome:
    return inspect(document(signer=signer, sod=options))


def of(sod: bytes) -> Outcome:
    return inspect(document(files={"SOD": sod}))


def over(groups: dict[int, bytes]) -> Outcome:
    """EF.SOD lists these groups, whatever the chip holds."""
    return of(pki.sod(SIGNER, groups))


def listing(*names: str) -> Outcome:
    """EF.COM lists these."""
    return inspect(document(files={"COM": com(names, lds_version="0107")}))


def numbered(number: int) -> Outcome:
    """The hash of EF.DG2 under another number, rightly signed."""
    groups = {number if each == 2 else each: data for each, data in GROUPS.items()}
    return over(groups)


def elsewhere() -> pki.Identity:
    return pki.dsc(pki.csca(common="CSCA Utopia Nova"))


CASES: dict[str, Case] = {
    "LDS_H_03": passes(lambda: signed(rsa_signer(pss=True), pss=True)),
    "LDS_H_05": passes(lambda: signed(rsa_signer())),
    "LDS_H_17": fails(lambda: of(tagged(SOD, 0x78)), "sod_signature"),
    "LDS_H_18": fails(lambda: of(lengthened(SOD, -2)), "sod_signature"),
    "LDS_H_19": fails(lambda: of(lengthened(SOD, 2)), "sod_signature"),
    "LDS_H_25": fails(lambda: of(edited(SOD, (*SIGNED, 0x30, 0x06), gone)), "sod_signature"),
    "LDS_H_32": fails(lambda: signed(digest=bytes(32)), "sod_signature"),
    "LDS_H_37": fails(lambda: of(edited(SOD, (*SIGNER_INFO, 0x04), valued(flip))), "sod_signature"),
    "LDS_H_38": fails(lambda: of(edited(SOD, (*SIGNER_INFO, 0x04), gone)), "sod_signature"),
    "LDS_H_43": fails(lambda: over({**GROUPS, 2: b"another face"}), "dg_hash: changed: DG2"),
    "LDS_H_44": fails(
        lambda: over({number: data for number, data in GROUPS.items() if number != 1}), "not listed in EF.SOD"
    ),
    "LDS_H_45": fails(lambda: over({**GROUPS, 10: compose(0x6A, b"")}), "com_sod"),
    "LDS_H_46": fails(lambda: numbered(17), "sod_signature"),
    "LDS_H_47": fails(
        lambda: over({number: data for number, data in GROUPS.items() if number != 2}), "not listed in EF.SOD"
    ),
    "LDS_H_54": fails(lambda: signed(elsewhere()), "the verdict is undetermined"),
    "LDS_H_67": fails(lambda: signed(certificates=[flip(SIGNER.der)]), "dsc_chain"),
    "LDS_H_70": passes(lambda: signed(pki.dsc(CSCA, key=pki.elliptic_key(ec.SECP224R1())), hash_name="sha224")),
    "LDS_H_71": passes(signed),
    "LDS_H_74": passes(lambda: signed(hash_name="sha512")),
    "LDS_H_75": passes(lambda: signed(rsa_signer(), hash_name="sha384")),
    "LDS_H_90": fails(lambda: listing(*NAMES[:-1]), "EF.COM hides"),
    "LDS_H_91": fails(lambda: listing(*NAMES, "DG13"), "com_sod"),
    "LDS_H_92": fails(lambda: listing(*NAMES[:-1], "DG13"), "com_sod"),
}
#: The signature verifies with a certificate that is enclosed, and chains: how it is named is not held against it.
DIFFERING: dict[str, Case] = {
    "LDS_H_28": passes(lambda: signed(signer_serial=0x9999)),
    "LDS_H_29": passes(lambda: signed(signer_key_id=bytes(20))),
    "LDS_H_85": passes(lambda: signed(signer_key_id=pki.key_id(SIGNER.info))),
}


@pytest.mark.parametrize("case", [*CASES.values(), *DIFFERING.values()], ids=[*CASES, *DIFFERING])
def test_case(case: Case) -> None:
    case.hold()
