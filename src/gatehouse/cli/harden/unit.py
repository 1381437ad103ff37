"""What the systemd unit of the agent has to say: directives of systemd.exec(5) and systemd.resource-control(5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from gatehouse.kernel.errors import UnreadableError

#: Each directive with the values that confine as far, the first being the shipped one.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "NoNewPrivileges": ("yes", "true"),
    "ProtectSystem": ("strict",),
    "ProtectHome": ("yes", "true", "tmpfs"),
    "PrivateTmp": ("yes", "true"),
    "PrivateDevices": ("yes", "true"),
    "ProtectKernelTunables": ("yes", "true"),
    "ProtectKernelModules": ("yes", "true"),
    "ProtectKernelLogs": ("yes", "true"),
    "ProtectControlGroups": ("yes", "true"),
    "ProtectClock": ("yes", "true"),
    "ProtectHostname": ("yes", "true"),
    "ProtectProc": ("invisible",),
    "RestrictNamespaces": ("yes", "true"),
    "RestrictRealtime": ("yes", "true"),
    "RestrictSUIDSGID": ("yes", "true"),
    "LockPersonality": ("yes", "true"),
    "CapabilityBoundingSet": ("",),
    "SystemCallArchitectures": ("native",),
    "SystemCallFilter": ("@system-service",),
    "RestrictAddressFamilies": ("AF_INET AF_UNIX", "AF_UNIX AF_INET"),
    "IPAddressDeny": ("any",),
    "IPAddressAllow": ("localhost", "127.0.0.1", "127.0.0.0/8"),
    "UMask": ("0077", "077"),
    "LimitCORE": ("0",),
}


def lacking(file: Path) -> Iterator[str]:
    """What the unit lacks, and where it starts the agent as root. Drop-ins are not followed."""
    said = _service(file)
    if said["User"] in ([], ["root"]):
        yield "it runs as root"
    for name, values in REQUIRED.items():
        if not set(said[name]) & set(values):
            yield f"{name}={values[0]} is missing" if not said[name] else f"{name} is {said[name][-1]}"


def _service(file: Path) -> Mapping[str, list[str]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=str(file), cause=str(error)) from error
    said: dict[str, list[str]] = defaultdict(list)
    section = ""
    for line in (line.strip() for line in lines):
        if line.startswith("["):
            section = line
        elif section == "[Service]" and "=" in line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            said[name.strip()].append(value.strip())
    return said
