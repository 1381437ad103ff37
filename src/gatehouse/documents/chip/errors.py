"""What can go wrong between a terminal and a chip. None of these is ever taken for an answer of the chip's data."""

from __future__ import annotations

from gatehouse.documents.chip.status import Status
from gatehouse.kernel.errors import GatehouseError


class ChipError(GatehouseError):
    """The base of all of them."""


class TransportError(ChipError):
    """The way to the chip broke off. What was under way is aborted and is no evidence."""


class CardRemovedError(TransportError):
    """The document left the reader."""


class CardTimeoutError(TransportError):
    """The chip or its reader did not answer in time."""


class _StatusWordError(ChipError):
    def __init__(self, text: str, status: int = Status.SECURE_MESSAGING_INCORRECT, /, **parts: object) -> None:
        self.status = status
        super().__init__(text, **parts)


class StatusError(_StatusWordError):
    """The chip answered a command with a status word other than it should; `status` is that word."""


class SecureMessagingError(_StatusWordError):
    """A protected command or response is malformed or its checksum is wrong: the session is over.

    `status` is what a chip answers then (ISO/IEC 7816-4 table 6), or the plain status word with which it ended it.
    """


class AuthenticationError(ChipError):
    """A cryptographic proof of the other side is wrong: a checksum, a token, a signature."""


class ProtocolError(ChipError):
    """The other side said what the protocol does not allow."""


class UnsupportedProtocolError(ChipError):
    """The chip asks for a protocol or for parameters that are not implemented or not standardised."""
