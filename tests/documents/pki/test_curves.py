from __future__ import annotations

import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from asn1crypto import keys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from tests.absence import absent
from tests.documents import pki_factory as made

from gatehouse.documents.pki.curves import curve_of, known_curves
from gatehouse.documents.pki.ecdsa import EllipticKey
from gatehouse.kernel.errors import UnreadableError

NAMES = {"secp192r1": "prime192v1", "secp256r1": "prime256v1"}


def openssl(*arguments: str) -> bytes:
    program = shutil.which("openssl")
    if program is None:
        absent("the program openssl")
    return subprocess.run([program, *arguments], check=True, capture_output=True).stdout


@pytest.mark.parametrize("name", [curve.name for curve in known_curves().values()])
def test_openssl_describes_the_same_curve(name: str) -> None:
    der = openssl("ecparam", "-name", NAMES.get(name, name), "-param_enc", "explicit", "-outform", "der")
    assert curve_of(keys.ECDomainParameters.load(der)).name == name


def test_a_compressed_generator_is_the_generator() -> None:
    curve = known_curves()["secp256r1"]
    info = made.explicit_info(made.elliptic_key())
    domain = info["algorithm"]["parameters"].chosen
    domain["base"] = keys.ECPoint(bytes((2 + curve.gy % 2,)) + curve.gx.to_bytes(32, "big"))
    assert curve_of(info["algorithm"]["parameters"]).name == "secp256r1"
    domain["base"] = keys.ECPoint(bytes((3 - curve.gy % 2,)) + curve.gx.to_bytes(32, "big"))
    with pytest.raises(UnreadableError, match="but for G"):
        curve_of(info["algorithm"]["parameters"])


@pytest.mark.parametrize("name", ["brainpoolP160r1", "brainpoolP192r1", "brainpoolP224r1", "brainpoolP320r1"])
def test_openssl_signs_on_a_curve_that_only_we_verify(name: str, tmp_path: Path) -> None:
    private, message, signature = tmp_path / "key", tmp_path / "message", tmp_path / "signature"
    openssl("ecparam", "-name", name, "-genkey", "-noout", "-out", str(private))
    message.write_bytes(b"signed on a curve of 2008")
    openssl("dgst", "-sha256", "-sign", str(private), "-out", str(signature), str(message))
    info = keys.PublicKeyInfo.load(openssl("ec", "-in", str(private), "-pubout", "-outform", "der"))
    key = EllipticKey.read(known_curves()[name.lower()], bytes(info["public_key"]))
    key.verify(signature.read_bytes(), sha256(message.read_bytes()).digest())
    with pytest.raises(InvalidSignature):
        key.verify(signature.read_bytes(), sha256(b"another").digest())


def test_our_arithmetic_agrees_with_the_library() -> None:
    private = made.elliptic_key()
    info = made.public_info(private)
    key = EllipticKey.read(known_curves()["secp256r1"], bytes(info["public_key"]))
    signature = private.sign(b"message", ec.ECDSA(hashes.SHA256()))
    key.verify(signature, sha256(b"message").digest())
    for wrong in (
        b"",
        b"\x30\x06\x02\x01\x00\x02\x01\x01",
        bytes(70),
        private.sign(b"x", ec.ECDSA(hashes.SHA256())),
    ):
        with pytest.raises(InvalidSignature):
            key.verify(wrong, sha256(b"message").digest())


def test_a_point_off_the_curve_is_no_key() -> None:
    point = bytearray(bytes(made.public_info(made.elliptic_key())["public_key"]))
    point[-1] ^= 1
    with pytest.raises(UnreadableError, match="not a point of secp256r1"):
        EllipticKey.read(known_curves()["secp256r1"], bytes(point))
