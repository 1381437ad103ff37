"""Terminal authentication version 1: the terminal proves what it may read (ICAO 9303-11 clause 7.1, BSI TR-03110-1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gatehouse.documents.chip.apdu import CommandApdu, Instruction
from gatehouse.documents.chip.channel import Channel, get_challenge
from gatehouse.documents.chip.cv_certificates import CvCertificate, PrivateKey, chain_from, sign
from gatehouse.documents.chip.cv_certificates.certificate import SIGNATURE
from gatehouse.documents.chip.errors import UnsupportedProtocolError
from gatehouse.documents.tlv import compose

_VERIFY_CERTIFICATE = (0x00, 0xBE)
_DIGITAL_SIGNATURE, _EXTERNAL_AUTHENTICATION = (0x81, 0xB6), (0x81, 0xA4)
_REFERENCE = 0x83


@dataclass(frozen=True)
class TerminalCredentials:
    """The certificates that this terminal holds, in any order, and the private key of its own."""

    certificates: tuple[CvCertificate, ...]
    key: PrivateKey = field(repr=False)

    def chain(self, authorities: Sequence[str]) -> tuple[CvCertificate, ...]:
        """From the first of the chip's authorities that leads to a terminal. Raises `UnsupportedProtocolError`."""
        for authority in authorities:
            chain = chain_from(authority, self.certificates)
            if chain:
                return chain
        trusted = ", ".join(authorities)
        raise UnsupportedProtocolError("no certificate of this terminal leads to %(trusted)s", trusted=trusted)


def authenticate_terminal(
    channel: Channel, credentials: TerminalCredentials, *, authorities: Sequence[str], chip: bytes, terminal_key: bytes
) -> CvCertificate:
    """Send the chain and sign the chip's challenge. The terminal's certificate that the chip accepted.

    `authorities` are those the chip trusts, `chip` its name (the document number with its check digit, or its
    compressed key of PACE), `terminal_key` the compressed key of chip authentication. Raises `StatusError` where the
    chip refuses a step.
    """
    chain = credentials.chain(authorities)
    for certificate in chain:
        _manage(channel, _DIGITAL_SIGNATURE, certificate.authority)
        data = certificate.body + compose(SIGNATURE, certificate.signature)
        _send(channel, Instruction.PERFORM_SECURITY_OPERATION, _VERIFY_CERTIFICATE, data)
    terminal = chain[-1]
    _manage(channel, _EXTERNAL_AUTHENTICATION, terminal.holder)
    challenge = get_challenge(channel)
    signature = sign(credentials.key, terminal.key.scheme, chip + challenge + terminal_key)
    _send(channel, Instruction.EXTERNAL_AUTHENTICATE, (0, 0), signature)
    return terminal


def _manage(channel: Channel, parameters: tuple[int, int], holder: str) -> None:
    data = compose(_REFERENCE, holder.encode("latin-1"))
    _send(channel, Instruction.MANAGE_SECURITY_ENVIRONMENT, parameters, data)


def _send(channel: Channel, instruction: Instruction, parameters: tuple[int, int], data: bytes) -> None:
    channel.send(CommandApdu(0, instruction, *parameters, data)).need(instruction)
