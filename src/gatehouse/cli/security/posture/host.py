"""What is installed where the command runs."""

from __future__ import annotations

import platform
from pathlib import Path

from gatehouse.kernel.errors import UnreadableError
from gatehouse.security.api import Component, debian_packages, installed_distributions

_STATUS = Path("/var/lib/dpkg/status")


def installed(*, debian: bool) -> list[Component]:
    """Distributions of Python, and packages of Debian where they are asked for. Raises `UnreadableError`."""
    found = installed_distributions()
    return found + _debian() if debian else found


def _debian() -> list[Component]:
    try:
        release = platform.freedesktop_os_release()
        if release["ID"] != "debian":
            raise UnreadableError("this host is no Debian: %(name)s", name=release["ID"])
        with _STATUS.open(encoding="utf-8") as lines:
            return debian_packages(lines, release.get("VERSION_ID", ""))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=str(_STATUS), cause=str(error)) from error
