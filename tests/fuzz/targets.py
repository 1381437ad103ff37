"""What is fuzzed: each parser of bytes that strangers bring, with octets to begin from.

A target takes any octets. It may raise `GatehouseError`, which every caller expects, and nothing else; where it says
more (that a reading never raises, that an encoder is the inverse of a reader), it asserts it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from tests.documents.seals.seals_factory import POLICY
from tests.fuzz import seeds
from tests.fuzz.chips import read_answering_chip, read_misbehaving_chip

from gatehouse.device.reading_report import ReadingReport
from gatehouse.device.reported import reported_checks
from gatehouse.documents import lds
from gatehouse.documents.ber import definite
from gatehouse.documents.chip.apdu import CommandApdu, ResponseApdu
from gatehouse.documents.chip.cipher import AES_128, SessionKeys
from gatehouse.documents.chip.cv_certificates import CvCertificate
from gatehouse.documents.chip.groups import StaticKey
from gatehouse.documents.chip.reading.extent import announced
from gatehouse.documents.chip.secure_messaging import SecureMessaging
from gatehouse.documents.lds import card_access, card_security
from gatehouse.documents.mrz import parse_mrz
from gatehouse.documents.passive import authenticate
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.defects import DefectList
from gatehouse.documents.pki.deviations import DeviationList
from gatehouse.documents.pki.masterlist import MasterList
from gatehouse.documents.pki.pkd import read_export
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.seals.reading import read_seal
from gatehouse.documents.seals.verification import verify_seal
from gatehouse.documents.tlv import Tlv, compose, walk
from gatehouse.kernel.errors import GatehouseError
from gatehouse.kernel.results import Result
from gatehouse.workstations.boarding_pass import boarding_pass_of

ON = date(2026, 11, 22)


@dataclass(frozen=True)
class Target:
    run: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]

    def __call__(self, data: bytes) -> None:
        """Raises only where something is wrong with the program."""
        try:
            self.run(data)
        except GatehouseError as error:
            str(error)  # its sentence has all its parts


def _tlv(data: bytes) -> None:
    for found in walk(data):
        _walked(found)
    head = announced(data[:8]) if data else None
    assert head is None or head >= 2


def _walked(found: Tlv) -> None:
    assert compose(found.tag, found.value)[-len(found.value) :] == found.value or not found.value
    for child in found.children():
        _walked(child)


def _ber(data: bytes) -> None:
    once = definite(data)
    assert definite(once) == once


def _lds(data: bytes) -> None:
    for file in lds.FILES:
        if data[:1] == bytes((file.tag,)) and file.name != "SOD":
            lds.read(file.name, data)


def _security_infos(data: bytes) -> None:
    for info in card_access.read(data).infos:
        if info.key is not None:
            StaticKey.read(info.key.der)


def _card_security(data: bytes) -> None:
    card_security.read(data)


@cache
def _trust() -> TrustStore:
    return TrustStore([Certificate.read(der) for der in seeds.authorities()])


def _sod(data: bytes) -> None:
    verdict = authenticate(data, data_groups={1: seeds.dg1()}, trust=_trust(), on=ON)
    verdict.as_dict()


def _certificate(data: bytes) -> None:
    read = Certificate.read(data)
    str(read.subject.text)
    for part in (lambda: read.key, lambda: read.scheme):
        try:
            part()
        except GatehouseError:
            continue
    _trust().named(read)


def _master_list(data: bytes) -> None:
    found = MasterList.read(data)
    assert len(found.certificates) + len(found.rejected) >= 0


def _revocation_list(data: bytes) -> None:
    Crl.read_file(data)


def _lists(data: bytes) -> None:
    for read in (DefectList.read, DeviationList.read):
        try:
            read(data)
        except GatehouseError:
            continue


def _export(data: bytes) -> None:
    for _ in read_export(data.splitlines(keepends=True)):
        continue


def _zone(data: bytes) -> None:
    zone = parse_mrz(data.decode("latin-1"), on=ON)
    assert len(zone.text) in (72, 88, 90)
    zone.as_dict()


def _seal(data: bytes) -> None:
    verdict = verify_seal(read_seal(data), trust=_trust(), policy=POLICY, on=ON)
    json.dumps(verdict.as_dict())
    assert verdict.result is not Result.SUCCESSFUL


def _boarding_pass(data: bytes) -> None:
    json.dumps(boarding_pass_of(data.decode("utf-8", "replace"), on=ON))


def _report(data: bytes) -> None:
    report = ReadingReport.read(data)
    for check in reported_checks(report, ("DG14", "DG15")):
        str(check.reason)
    for event in report.events:
        str(event.detail.reason())


def _cv_certificate(data: bytes) -> None:
    certificate = CvCertificate.read(data)
    certificate.key.verifies(certificate.body, certificate.signature)


def _apdu(data: bytes) -> None:
    try:
        command = CommandApdu.read(data)
        assert CommandApdu.read(command.encode()).data == command.data
    except GatehouseError:
        pass
    response = ResponseApdu.read(data)
    assert response.encode() == data
    keys = SessionKeys.derive(AES_128, b"a shared secret")
    SecureMessaging(keys).unprotect_response(response)


TARGETS = {
    "tlv": Target(_tlv, seeds.files),
    "ber": Target(_ber, seeds.signed_objects),
    "lds": Target(_lds, seeds.files),
    "security_infos": Target(_security_infos, seeds.card_access),
    "card_security": Target(_card_security, seeds.card_security),
    "sod": Target(_sod, seeds.security_objects),
    "certificate": Target(_certificate, seeds.authorities),
    "master_list": Target(_master_list, seeds.master_lists),
    "revocation_list": Target(_revocation_list, seeds.revocation_lists),
    "lists": Target(_lists, seeds.signed_objects),
    "export": Target(_export, seeds.exports),
    "mrz": Target(_zone, seeds.zones),
    "seal": Target(_seal, seeds.seals),
    "boarding_pass": Target(_boarding_pass, seeds.boarding_passes),
    "report": Target(_report, seeds.reports),
    "cv_certificate": Target(_cv_certificate, seeds.cv_certificates),
    "apdu": Target(_apdu, seeds.apdus),
    "chip_answers": Target(read_answering_chip, seeds.answers),
    "chip_misbehaves": Target(read_misbehaving_chip, seeds.misbehaviours),
}
