"""The sentences of the house in the language that is active."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext

from gatehouse.kernel.results import Reason


def said(reason: Reason, part: Callable[[str, Any], Any] = lambda _, value: value) -> str:
    """A reason in words. A part that is a reason is said likewise, every other by `part`, from its name and value."""
    if not reason.text:
        return ""
    translated = gettext(reason.text)
    parts = {
        name: said(value, part) if isinstance(value, Reason) else part(name, value)
        for name, value in reason.parts.items()
    }
    return translated % parts if parts else translated
