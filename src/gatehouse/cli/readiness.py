"""Telling systemd that a service is ready (sd_notify(3)); where nobody asked, nothing is told."""

from __future__ import annotations

import os
import socket


def ready() -> None:
    """Say that the service answers, to the socket that systemd named."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):  # an abstract socket
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notifying:
        notifying.sendto(b"READY=1", address)
