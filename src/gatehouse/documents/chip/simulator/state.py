"""What a chip remembers until its power is cut."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.chip.secure_messaging import SecureMessaging


@dataclass(slots=True)
class State:
    """`current` is the file that is selected; `messaging` the session, `following` the one after this response."""

    application: bool = False
    current: str | None = None
    messaging: SecureMessaging | None = None
    following: SecureMessaging | None = None
    #: RND.IC, until a command uses it.
    challenge: bytes | None = None

    def end_session(self) -> None:
        """Secure messaging is over, and with it every right that it gave (ICAO 9303-11 clause 9.8.3)."""
        self.messaging = self.following = self.challenge = None

    def begin_session(self, messaging: SecureMessaging) -> None:
        """After the response that is under way."""
        self.following = messaging
