"""Signed notes and checkpoints against the published example of the format, and against what is not one."""

from __future__ import annotations

from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.audit.checkpoint import (
    Checkpoint,
    SigningKey,
    UntrustedCheckpointError,
    VerifierKey,
    open_checkpoint,
    read_checkpoint,
)
from gatehouse.kernel.errors import UnreadableError

KEY = SigningKey("gatehouse.example/audit", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
CHECKPOINT = Checkpoint("gatehouse.example/audit", 8, bytes(32))
NOTE = KEY.sign(CHECKPOINT)

# The example of golang.org/x/mod/sumdb/note, the format's origin.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_TEXT = b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NEUMANN_SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="


def test_the_published_example_verifies() -> None:
    key = VerifierKey.parse(NEUMANN)
    signature = b64decode(NEUMANN_SIGNATURE)
    assert (key.name, key.id.hex(), str(key)) == ("PeterNeumann", "c74f20a3", NEUMANN)
    assert signature[:4] == key.id
    assert key.verifies(NEUMANN_TEXT, signature[4:])
    assert not key.verifies(NEUMANN_TEXT + b"\n", signature[4:])


def test_a_checkpoint_as_it_is_written() -> None:
    text, signature = NOTE.split("\n\n")
    assert text == "gatehouse.example/audit\n8\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    assert signature.startswith("— gatehouse.example/audit ")
    assert open_checkpoint(NOTE, [KEY.verifier]) == CHECKPOINT
    assert read_checkpoint(NOTE) == CHECKPOINT


def test_an_unknown_signature_beside_a_trusted_one_is_passed_over() -> None:
    witness = SigningKey("witness.example", Ed25519PrivateKey.generate())
    cosigned = NOTE + witness.sign(CHECKPOINT).split("\n\n")[1]
    assert open_checkpoint(cosigned, [KEY.verifier]) == CHECKPOINT


def test_who_is_not_trusted_does_not_vouch() -> None:
    stranger = SigningKey("gatehouse.example/audit", Ed25519PrivateKey.generate())
    with pytest.raises(UntrustedCheckpointError, match="no trusted key signed"):
        open_checkpoint(stranger.sign(CHECKPOINT), [KEY.verifier])
    with pytest.raises(UntrustedCheckpointError, match="no trusted key signed"):
        open_checkpoint(NOTE, [])


def test_a_key_speaks_for_its_own_log_only() -> None:
    with pytest.raises(UntrustedCheckpointError, match="no trusted key signed"):
        open_checkpoint(KEY.sign(Checkpoint("other.example", 8, bytes(32))), [KEY.verifier])


def test_a_changed_size_is_not_signed() -> None:
    with pytest.raises(UntrustedCheckpointError, match="does not match"):
        open_checkpoint(NOTE.replace("\n8\n", "\n7\n"), [KEY.verifier])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "text",
        "a\n1\nAAAA\n",
        NOTE.replace("\n8\n", "\n08\n"),
        NOTE.replace("\n8\n", "\n-8\n"),
        NOTE.replace("AAAA", "AAA", 1),
        NOTE.removesuffix("\n"),
        NOTE.replace("— ", "- "),
        NOTE.replace("gatehouse.example/audit\n8\n", "8\n", 1),
    ],
)
def test_what_is_not_a_checkpoint(note: str) -> None:
    with pytest.raises(UnreadableError):
        open_checkpoint(note, [KEY.verifier])


@given(st.text(max_size=200))
def test_any_text_is_unreadable_or_a_checkpoint(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_checkpoint(text)


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(1, 255))
def test_no_changed_byte_passes(position: int, change: int) -> None:
    changed = bytearray(NOTE.encode())
    changed[position] ^= change
    try:
        found = open_checkpoint(changed.decode(), [KEY.verifier])
    except (UnreadableError, UntrustedCheckpointError, UnicodeDecodeError):
        return
    pytest.fail(f"a changed note was taken for {found}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000+AAAA",
        NEUMANN.replace("c74f20a3", "c74f20a4"),
        NEUMANN.replace("+ARpc", "+BRpc"),
        NEUMANN.replace("Peter", "Peter "),
    ],
)
def test_what_is_not_a_verifier_key(text: str) -> None:
    with pytest.raises(UnreadableError):
        VerifierKey.parse(text)


def test_the_key_is_read_from_pem() -> None:
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    assert SigningKey.load("gatehouse.example/audit", pem).sign(CHECKPOINT) == NOTE


def test_other_keys_are_refused() -> None:
    other = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(UnreadableError, match="not an Ed25519 key"):
        SigningKey.load("a", other)
    with pytest.raises(UnreadableError, match="not a private key in PEM"):
        SigningKey.load("a", b"-----BEGIN")
    with pytest.raises(UnreadableError, match="neither spaces"):
        SigningKey("a b", Ed25519PrivateKey.generate())
