"""How a part of the chip says no."""

from __future__ import annotations

from gatehouse.documents.chip.status import Status


class Refusal(Exception):  # noqa: N818 - an answer, not an error of the program
    """The command ends with this status word."""

    def __init__(self, status: int = Status.SECURITY_NOT_SATISFIED) -> None:
        self.status = status
        super().__init__(f"{status:04X}")
