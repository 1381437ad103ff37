"""Doing several things at the same moment: threads with connections of their own, on committed rows."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from gatehouse.kernel.errors import GatehouseError


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each call gave or raised, all begun together."""
    barrier = Barrier(len(calls))

    def one(call: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait()
            return call()
        except GatehouseError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))
