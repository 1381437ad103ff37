"""A centre that asks devices for certificates, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.config import DeviceTls, config
from gatehouse.platform.device_authority import authority_keep, authority_make

#: By which the proxy of the tests proves itself.
PROXY_SECRET = "p" * 43


@contextmanager
def asking_for_certificates(folder: Path) -> Iterator[None]:
    """With an authority of its own in `folder`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(config(), "device_tls", DeviceTls.REQUIRED)
        patch.setattr(config(), "device_ca_file", folder / "device-ca.pem")
        patch.setattr(config(), "device_ca_key_file", folder / "device-ca-key.pem")
        (folder / "proxy-key").write_text(PROXY_SECRET)
        patch.setattr(config(), "proxy_key_file", folder / "proxy-key")
        authority_keep(authority_make(name="Gatehouse devices", now=SystemClock().now()))
        yield
