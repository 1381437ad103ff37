"""The ports in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language

from gatehouse.platform.ports import ports


def port_name(code: str) -> str:
    return ports()[code].name.get(get_language() or "", code)


def port_choices() -> list[tuple[str, str]]:
    """For a form: each port's code, with its name and code."""
    return [(code, f"{port_name(code)} ({code})") for code in ports()]
