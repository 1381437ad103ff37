"""Unit ISO7816_F: active authentication."""

from __future__ import annotations

from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from tests.documents import pki_factory as pki
from tests.documents.tr_03105.cases import Case, fails, passes
from tests.documents.tr_03105.inspection import Outcome, document, inspect
from tests.documents.tr_03105.made import info, number, oid

from gatehouse.documents.chip.apdu import Instruction, ResponseApdu
from gatehouse.documents.chip.simulator import Fault
from gatehouse.documents.chip.simulator.faults import to
from gatehouse.documents.tlv import compose
from gatehouse.simulation.issuing import ChipKind
from gatehouse.simulation.issuing.data_groups import dg14

PLAIN_SHA_256 = "0.4.0.127.0.7.1.1.4.1.3"


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 1536)


@cache
def elliptic_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.BrainpoolP256R1())


def made(
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
    hash_name: str,
    *faults: Fault,
    algorithm: str | None = None,
) -> Outcome:
    files = {"DG15": compose(0x6F, pki.public_info(key).dump())}
    if algorithm is not None:
        protocol = info("id-icao-mrtd-security-aaProtocolObject", number(1), oid(algorithm))
        files["DG14"] = dg14(compose(0x31, protocol))
    image = document(ChipKind.BAC, files=files, active_key=key, active_hash=hash_name)
    return inspect(image, *faults)


def wrong_trailer() -> Fault:
    """Signed rightly, but for a hash that no trailer names."""
    numbers = rsa_key().private_numbers()
    public = numbers.public_numbers

    def answer(_command: object, response: ResponseApdu) -> ResponseApdu:
        opened = pow(int.from_bytes(response.data, "big"), public.e, public.n).to_bytes(192, "big")
        signed = pow(int.from_bytes(opened[:-2] + b"\x31\xcc", "big"), numbers.d, public.n)
        return ResponseApdu(signed.to_bytes(192, "big"), response.status)

    return Fault(to(Instruction.INTERNAL_AUTHENTICATE), answer)


CASES: dict[str, Case] = {
    "ISO7816_F_01": passes(lambda: made(rsa_key(), "sha1")),
    "ISO7816_F_02": passes(lambda: made(elliptic_key(), "sha256", algorithm=PLAIN_SHA_256)),
    "ISO7816_F_04": passes(lambda: made(rsa_key(), "sha224")),
    "ISO7816_F_05": passes(lambda: made(rsa_key(), "sha256")),
    "ISO7816_F_06": passes(lambda: made(rsa_key(), "sha384")),
    "ISO7816_F_07": passes(lambda: made(rsa_key(), "sha512")),
    "ISO7816_F_08": fails(lambda: made(rsa_key(), "sha256", wrong_trailer()), "active_authentication"),
}
#: The signature is right by a hash of its own length; that EF.DG14 names another algorithm is left aside.
DIFFERING: dict[str, Case] = {
    "ISO7816_F_09": passes(lambda: made(elliptic_key(), "sha256", algorithm="0.4.0.127.0.7.1.1.4.1.9")),
}


@pytest.mark.parametrize("case", [*CASES.values(), *DIFFERING.values()], ids=[*CASES, *DIFFERING])
def test_case(case: Case) -> None:
    case.hold()
