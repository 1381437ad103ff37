"""What a chip remembers until its power is cut."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.chip.cipher import SessionKeys
from gatehouse.documents.chip.secure_messaging import SecureMessaging
from gatehouse.documents.chip.simulator.chip_authentication import Chosen
from gatehouse.documents.chip.simulator.pace import Conversation
from gatehouse.documents.chip.simulator.terminal_authentication import TerminalAuthentication


@dataclass(slots=True)
class State:
    """`current` is the file that is selected; `messaging` the session, `following` the one after this response."""

    session: type[SecureMessaging] = SecureMessaging
    application: bool = False
    current: str | None = None
    messaging: SecureMessaging | None = None
    following: SecureMessaging | None = None
    #: RND.IC, until a command uses it.
    challenge: bytes | None = None
    #: PACE under way, and the key and cipher that chip authentication was told to use.
    conversation: Conversation | None = None
    chosen: Chosen | None = None
    #: By which terminal authentication knows the chip and the terminal's ephemeral key: ID_IC and Comp(PK_DH,IFD).
    identifier: bytes = b""
    terminal_key: bytes = b""
    terminal: TerminalAuthentication | None = None

    def begin_session(self, keys: SessionKeys, counter: int = 0) -> None:
        """After the response that is under way."""
        self.following = self.session(keys, counter)

    def end_session(self) -> None:
        """Secure messaging is over, and with it every right that it gave (ICAO 9303-11 clause 9.8.3)."""
        self.messaging = self.following = self.challenge = self.conversation = self.chosen = self.terminal = None
        self.identifier = self.terminal_key = b""
