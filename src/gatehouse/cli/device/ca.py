"""`gatehouse device ca`: the house's own authority for the certificates of devices."""

from __future__ import annotations

from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command, LazyGroup
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.cli.witness import witnessed
from gatehouse.kernel.clock import SystemClock

ca = LazyGroup(
    "ca",
    help="The house's own authority for the certificates of devices.",
    commands={"init": "gatehouse.cli.device.ca:init", "revocations": "gatehouse.cli.device.ca:revocations"},
)


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse device ca init",
    help="Make the authority that signs the certificates of devices; an authority that is there is never replaced.",
)
@click.option("--name", default="Gatehouse devices", show_default=True, help="What the authority is called.")
@click.option("--json", "as_json", is_flag=True, help="Print where it lies as JSON.")
def init(name: str, as_json: bool) -> None:
    with open_store():
        from gatehouse.platform.config import config
        from gatehouse.platform.device_authority import authority_keep, authority_make

        file = config().device_ca
        with witnessed("platform.device_authority", name=name):
            authority_keep(authority_make(name=name, now=SystemClock().now()))
    show({"certificate": str(file)}, f"{file}: give it to the proxy that ends TLS.", as_json=as_json)


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse device ca revocations --out /etc/nginx/gatehouse-devices.crl",
    help="Write the list of certificates that were ended before their time, for the proxy. It is good for seven days.",
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write; replaced as a whole.")
@click.option("--json", "as_json", is_flag=True, help="Print how many it holds as JSON.")
def revocations(out: Path, as_json: bool) -> None:
    with open_store():
        from gatehouse.platform.device_authority import authority
        from gatehouse.platform.device_certificates import revoked_certificates

        now = SystemClock().now()
        revoked = revoked_certificates(now=now)
        fresh = out.with_name(f".{out.name}.new")
        fresh.write_bytes(authority().revocation_list(revoked, now=now))
        fresh.replace(out)
    show({"revoked": len(revoked)}, f"{len(revoked)} certificates are revoked.", as_json=as_json)
