"""The mode of commands that only a demo has."""

from __future__ import annotations

import os

from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.config import Mode, config


def take_demo_mode() -> None:
    """Demo mode where nothing says otherwise: a database that somebody names is never taken for a demo's.

    Raises `RefusedError` in production.
    """
    if not {"GATEHOUSE_MODE", "DATABASE_URL", "GATEHOUSE_DATABASE_URL"} & os.environ.keys():
        os.environ["GATEHOUSE_MODE"] = Mode.DEMO.value
    if config().mode is Mode.TRAINING:
        raise RefusedError("a training has scenarios and no demo: see gatehouse training")
    if config().mode is Mode.PRODUCTION:
        raise RefusedError("the demo does not run in production: set GATEHOUSE_MODE=demo")
