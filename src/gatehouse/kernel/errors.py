"""Errors a caller is expected to meet. Each carries a `Reason`, so that it can be shown in the reader's language."""

from __future__ import annotations

from typing import Any

from gatehouse.kernel.results import Reason


class GatehouseError(Exception):
    """The base of all anticipated errors: `raise UnreadableError("the file %(name)s is empty", name="a.bin")`."""

    def __init__(self, text: str, /, **parts: Any) -> None:
        self.reason = Reason(text, **parts)
        super().__init__(str(self.reason))


class UnreadableError(GatehouseError):
    """Input cannot be read as what it should be. A command ends with exit code 2; nothing was stored."""


class RefusedError(GatehouseError):
    """A rule forbids what was asked. Nothing changed."""


class ForbiddenError(GatehouseError):
    """The person asking may not do this. Nothing changed."""


class NotFoundError(GatehouseError):
    """There is no such record, or it is not for this reader."""


class ConflictError(GatehouseError):
    """The record has moved on since it was read, or an idempotency key was used for something else."""


class BusyError(GatehouseError):
    """Too much of this is under way. Nothing changed: try again shortly."""
