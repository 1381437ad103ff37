"""What was found last, in a small file: so that a sweep without a store can say what changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from gatehouse.kernel.errors import UnreadableError
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.domain.uptime import Uptime
from gatehouse.monitoring.polling.sweep import Known, Polled


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")

    state: State
    at: datetime
    ticks: int | None = None
    boots: int | None = None


def recall(path: Path) -> dict[str, Known]:
    """Nothing where there is no such file. Raises `UnreadableError` for one that this program did not write."""
    try:
        found = json.loads(path.read_text())
        kept = {device: _Kept.model_validate(each) for device, each in found.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, ValidationError) as error:
        raise UnreadableError(
            "%(path)s is no memory of an earlier sweep: remove it, or name another with --state", path=str(path)
        ) from error
    return {
        device: Known(each.state, each.at, None if each.ticks is None else Uptime(each.ticks, each.boots))
        for device, each in kept.items()
    }


def keep(path: Path, polled: Iterable[Polled]) -> None:
    """Write it whole or not at all. Raises `UnreadableError` where it cannot be written."""
    kept = {
        each.device: {
            "state": each.state.value,
            "at": each.at.isoformat(),
            "ticks": each.answer.uptime.ticks if each.answer.uptime else None,
            "boots": each.answer.uptime.boots if each.answer.uptime else None,
        }
        for each in polled
    }
    fresh = path.with_name(f"{path.name}.new")
    try:
        fresh.write_text(json.dumps(kept))
        fresh.replace(path)
    except OSError as error:
        raise UnreadableError(
            "%(path)s cannot be written: %(cause)s; name another place with --state",
            path=str(path),
            cause=error.strerror,
        ) from error
