"""Octets to begin from: made by the project's own encoders, and where it is there, the conformance data."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date
from functools import cache

from tests.conformance import USED, conformance_dir
from tests.device.test_reading_report import REPORT
from tests.documents import pki_factory as made
from tests.documents.chip import bsi_tr_03110 as bsi
from tests.documents.chip.icao_9303_11 import EXAMPLES
from tests.documents.mrz import specimens
from tests.documents.seals import vectors
from tests.documents.seals.test_json_seals import DFAT, vaccination
from tests.workstations.boarding_pass import test_parsing as passes

from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import ChipKind, IssuedDocument, Issuer

ON = date(2026, 11, 22)
#: Larger files of the conformance data slow a mutator down more than they teach it.
_LARGEST = 40_000


@cache
def issuer(kind: ChipKind) -> Issuer:
    return Issuer("UT", "UTO", seed=1, on=ON, chips=kind)


@cache
def document(kind: ChipKind) -> IssuedDocument:
    return issuer(kind).personalise(made_up_holder("UTO", 7, on=ON, youngest=18))


def dg1() -> bytes:
    return document(ChipKind.CA).files["DG1"]


def _conformance(folder: str, pattern: str = "*") -> Iterator[bytes]:
    found = conformance_dir() / "documents" / folder
    if found.is_dir():
        USED.add(f"documents/{folder}")
    for path in sorted(found.glob(pattern)) if found.is_dir() else ():
        if path.is_file() and path.stat().st_size <= _LARGEST:
            yield path.read_bytes()


def files() -> Iterator[bytes]:
    for kind in (ChipKind.EAC, ChipKind.AA):
        yield from document(kind).files.values()
    yield from _conformance("specimen-bsi-2008", "EF_*.bin")
    yield from _conformance("face-39794")


def card_access() -> Iterator[bytes]:
    for kind in (ChipKind.PACE_GM, ChipKind.PACE_CAM):
        yield document(kind).image.files["CardAccess"]
    for kind in (ChipKind.CA, ChipKind.EAC):
        yield document(kind).files["DG14"][2:]
    for data in _conformance("specimen-bsi-2008", "EF_DG14.bin"):
        yield data[4:]


def card_security() -> Iterator[bytes]:
    yield document(ChipKind.PACE_CAM).image.files["CardSecurity"]


def security_objects() -> Iterator[bytes]:
    yield document(ChipKind.CA).files["SOD"]
    signer = made.dsc(made.csca())
    yield made.sod(signer, {1: made.DG1})
    yield from _conformance("sods", "*.bin")
    yield from _conformance("specimen-bsi-2008", "EF_SOD.bin")


def authorities() -> Iterator[bytes]:
    yield from issuer(ChipKind.CA).csca_certificates()
    yield made.csca(key=made.rsa_key()).der


def master_lists() -> Iterator[bytes]:
    csca = made.csca()
    yield made.master_list(csca, csca.der)
    yield issuer(ChipKind.CA).master_list([issuer(ChipKind.CA)])


def revocation_lists() -> Iterator[bytes]:
    yield issuer(ChipKind.CA).crl()
    yield made.revocation_list(made.csca(), 7, 8)


def signed_objects() -> Iterator[bytes]:
    yield from security_objects()
    yield from card_security()
    yield from master_lists()


def exports() -> Iterator[bytes]:
    yield b"version: 1\n\ndn: cn=one,c=UT,dc=data\nobjectClass: top\ncAttr;binary:: AAEC\n AwQF\n\n"
    yield b"dn:: Y249b25l\ncertificateRevocationList;binary:: MIAA\nuserCertificate;binary:< file:///x\n\n"


def zones() -> Iterator[bytes]:
    for zone in (specimens.TD1, specimens.TD3):
        yield zone.encode()
    yield "\n".join(document(ChipKind.CA).mrz_lines).encode()


def seals() -> Iterator[bytes]:
    visible = (vectors.VISA, vectors.RESIDENCE_PERMIT, vectors.ARRIVAL_ATTESTATION, vectors.UNKNOWN)
    yield from visible
    yield base64.b64encode(vectors.VISA)
    yield vectors.EMERGENCY_TRAVEL_DOCUMENT.hex().encode()
    yield vaccination(DFAT.der)


def boarding_passes() -> Iterator[bytes]:
    for text in (passes.MANDATORY, passes.ALL_FIELDS, passes.TWO_LEGS, passes.VERSION_8):
        yield text.encode()


def reports() -> Iterator[bytes]:
    yield json.dumps(REPORT).encode()
    yield json.dumps({**REPORT, "failure": {"text": "gone: %(why)s", "parts": {"why": {"text": "pulled"}}}}).encode()


def cv_certificates() -> Iterator[bytes]:
    yield from (bsi.RSA_AUTHORITY, bsi.RSA_TERMINAL, bsi.EC_AUTHORITY, bsi.EC_VERIFIER, bsi.EC_TERMINAL)
    yield issuer(ChipKind.EAC).terminals.authority.certificate.body


def apdus() -> Iterator[bytes]:
    for example in EXAMPLES:
        for command, response in example.exchanges:
            yield bytes.fromhex(command)
            yield bytes.fromhex(response)
    yield bytes.fromhex("8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000")


def answers() -> Iterator[bytes]:
    """Runs of PACE and BAC as a chip answers them, and short answers of every kind."""
    for example in EXAMPLES:
        responses = [bytes.fromhex(response) for _, response in example.exchanges]
        info = bytes.fromhex(example.info)
        access = bytes((0x31, len(info))) + info
        said = [b"\x90\0", b"\x6a\x82", b"\x90\0", access[:4] + b"\x90\0", access[4:] + b"\x90\0", *responses]
        yield b"\x01" + b"".join(bytes((len(each),)) + each for each in said if len(each) < 256)
    for status in (b"\x90\0", b"\x67\0", b"\x6a\x82", b"\x61\x10", b"\x6c\x10", b"\x62\x82", b"\x63\xc0"):
        yield b"\x01\x02" + status
        yield b"\x00\x0a" + b"\x60\x06\x5c\x02\x61\x75ab" + status


def misbehaviours() -> Iterator[bytes]:
    for kind in range(3):
        for after in (0, 4, 8, 12, 20):
            yield bytes((kind, after)) + bytes((0x0F, 0x6A, 0x82, 0x90))
            yield bytes((kind, after)) + bytes((0x11, 1, 2, 3, 4, 0x16, 0, 0))
