"""The browser that reads the page."""

from __future__ import annotations

from typing import Any

import pytest
from tests.absence import absent
from tests.web.conftest import CHROMIUM


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not CHROMIUM:
        absent("Chromium")
    return {**browser_type_launch_args, "executable_path": CHROMIUM}
