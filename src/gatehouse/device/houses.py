"""To which house a device belongs, the agency's or a training's. What it wrote for one goes to no other."""

from __future__ import annotations

from enum import StrEnum

from gatehouse.kernel.errors import RefusedError

#: How the token of a training's device begins.
OF_TRAINING = "training."
#: Under which name a ledger keeps it.
KEPT = "house"


class House(StrEnum):
    AGENCY = "agency"
    TRAINING = "training"

    @classmethod
    def of_token(cls, token: str) -> House:
        return cls.TRAINING if token.startswith(OF_TRAINING) else cls.AGENCY


def require_same(kept: str | None, asked: House) -> None:
    """Raises `RefusedError` where a ledger is of another house; one that is of none yet is of any."""
    if kept not in (None, asked.value):
        raise RefusedError(
            "this ledger is of the %(kept)s and what is asked of the %(asked)s: use another ledger",
            kept=kept,
            asked=asked.value,
        )
