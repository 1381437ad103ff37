"""Running what is asynchronous to its end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Given = TypeVar("Given")


def run(work: Coroutine[Any, Any, Given]) -> Given:
    """As `asyncio.run`, in a thread of its own: the browser of another test may keep a loop going in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
