"""Acts of the operator at the command line that leave a leaf."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gatehouse.kernel.clock import SystemClock


@contextmanager
def witnessed(action: str, *, site: str | None = None, **detail: Any) -> Iterator[None]:
    """What is done inside and its leaf in the audit tree, both or neither. Needs an open store."""
    from django.db import transaction

    from gatehouse.audit.api import leaf_append

    with transaction.atomic():
        yield
        leaf_append(clock=SystemClock(), actor="system:command_line", action=action, site=site, detail=detail)
