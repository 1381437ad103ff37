"""What the chips of made-up states are personalised with, by kind."""

from __future__ import annotations

from datetime import date
from functools import cache
from io import BytesIO

import pytest
from PIL import Image

from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.groups import StaticKey
from gatehouse.documents.lds import card_access, card_security, dg3, dg14
from gatehouse.documents.lds.dg3 import Finger
from gatehouse.documents.mrz import parse_mrz
from gatehouse.documents.passive import authenticate
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.results import Result
from gatehouse.simulation.fingerprints import fingerprint
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import ChipKind, Fault, IssuedDocument, Issuer

ON = date(2026, 11, 22)
PACE = "id-PACE-ECDH-{}-AES-CBC-CMAC-256"
CA, KEY, TA = "id-CA-ECDH-AES-CBC-CMAC-256", "id-PK-ECDH", "id-TA"
AA = "id-icao-mrtd-security-aaProtocolObject"
PROTOCOLS = {
    ChipKind.BAC: (),
    ChipKind.PACE_GM: (PACE.format("GM"),),
    ChipKind.PACE_IM: (PACE.format("IM"),),
    ChipKind.PACE_CAM: (PACE.format("CAM"), KEY),
    ChipKind.AA: (PACE.format("GM"), AA),
    ChipKind.CA: (PACE.format("GM"), KEY, CA),
    ChipKind.EAC: (PACE.format("GM"), KEY, CA, TA),
}


@cache
def issuer(kind: ChipKind) -> Issuer:
    return Issuer("UT", "UTO", seed=1, on=ON, chips=kind)


@cache
def issued(kind: ChipKind, fault: Fault | None = None) -> IssuedDocument:
    return issuer(kind).personalise(made_up_holder("UTO", 7, on=ON, youngest=18), fault=fault)


@pytest.mark.parametrize("kind", ChipKind)
def test_ef_dg14_announces_what_the_kind_can_do(kind: ChipKind) -> None:
    files = issued(kind).files
    found = dg14.read(files["DG14"]).infos if "DG14" in files else ()
    assert tuple(info.name for info in found) == PROTOCOLS[kind]
    assert ("DG15" in files, "DG3" in files) == (kind is ChipKind.AA, kind is ChipKind.EAC)


@pytest.mark.parametrize("kind", ChipKind)
def test_the_files_authenticate(kind: ChipKind) -> None:
    document = issued(kind)
    groups = {int(name[2:]): data for name, data in document.files.items() if name.startswith("DG")}
    trust = TrustStore([Certificate.read(der) for der in issuer(kind).csca_certificates()])
    assert authenticate(document.files["SOD"], data_groups=groups, trust=trust, on=ON).result is Result.SUCCESSFUL


@pytest.mark.parametrize("kind", ChipKind)
def test_ef_card_access_announces_pace_as_ef_dg14_does(kind: ChipKind) -> None:
    image = issued(kind).image
    if kind is ChipKind.BAC:
        assert (set(image.files), image.can) == (set(issued(kind).files), None)
        return
    (pace,) = card_access.read(image.files["CardAccess"]).infos
    assert pace == dg14.read(image.files["DG14"]).infos[0]
    assert image.can is not None


def test_ef_card_security_is_signed_and_holds_the_key_of_the_mapping() -> None:
    image = issued(ChipKind.PACE_CAM).image
    read = card_security.read(image.files["CardSecurity"])
    assert [info.name for info in read.content.infos] == [PACE.format("CAM"), KEY]
    key = read.content.infos[1].key
    assert key is not None
    static = StaticKey.read(key.der)
    assert image.mapping_key is not None
    assert static.group.public_key(image.mapping_key) == static.public
    assert image.agreement_keys == ()
    (certificate,), (signer,) = read.signed.certificates, read.signed.signers
    assert read.signed.verify(signer, certificate)[0] is Result.SUCCESSFUL


@pytest.mark.parametrize("kind", [ChipKind.CA, ChipKind.EAC])
def test_the_key_of_chip_authentication_is_the_one_in_ef_dg14(kind: ChipKind) -> None:
    document = issued(kind)
    key = dg14.read(document.files["DG14"]).infos[1].key
    assert key is not None
    (own,) = document.image.agreement_keys
    assert StaticKey.read(key.der).public == own.group.public_key(own.private)


def test_fingerprints_are_two_drawings() -> None:
    found = dg3.read(issued(ChipKind.EAC).files["DG3"])
    size = len(fingerprint(7, "right index")) + 46
    assert found.stated == 2
    assert found.fingers[0] == Finger("right index", "ISO/IEC 19794-4", 1, "JPEG", size)
    assert found.fingers[1].position == "left index"
    assert Image.open(BytesIO(fingerprint(7, "left index"))).size == (160, 220)
    assert fingerprint(7, "left index") == fingerprint(7, "left index") != fingerprint(8, "left index")


@pytest.mark.parametrize("fault", [None, Fault.SWAPPED, Fault.ALTERED_DG1])
def test_what_is_printed_opens_the_chip(fault: Fault | None) -> None:
    document = issued(ChipKind.PACE_GM, fault)
    assert document.image.mrz == MrzKey.from_mrz(parse_mrz("\n".join(document.mrz_lines), on=ON))


def test_terminals_chain_to_the_trust_point_of_the_passports() -> None:
    terminals = issuer(ChipKind.EAC).terminals
    authority, verifier, terminal = terminals.authority, terminals.verifier, terminals.terminal
    assert issued(ChipKind.EAC).image.trust_points == (authority.certificate,)
    assert issued(ChipKind.CA).image.trust_points == ()
    holders = [each.certificate.holder for each in (authority, verifier, terminal)]
    assert holders == ["UTSIMCVCA00001", "UTSIMDV00001", "UTSIMIS00001"]
    assert [verifier.certificate.authority, terminal.certificate.authority] == holders[:2]
