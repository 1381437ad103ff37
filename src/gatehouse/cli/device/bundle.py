"""`gatehouse device bundle`: what devices take along to work without the centre."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

from gatehouse.cli.command import OPERATOR, Command, LazyGroup
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import UnreadableError

bundle = LazyGroup(
    "bundle",
    help="What devices take along to work without the centre.",
    commands={"issue": "gatehouse.cli.device.bundle:issue", "key": "gatehouse.cli.device.bundle:key"},
)


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse device bundle issue --device TPE-M01 --hours 72 --out tpe-m01.bundle",
    help="Issue the lists, the tables and the roster for one device, signed and with an end.",
)
@click.option("--device", required=True, help="The device, as `gatehouse device register` named it.")
@click.option("--hours", default=72, show_default=True, help="How long it is good for: 1 to 168 hours.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write; replaced as a whole.")
@click.option("--json", "as_json", is_flag=True, help="Print what was issued as JSON.")
def issue(*, device: str, hours: int, out: Path, as_json: bool) -> None:
    """The lists of trust are those in use here. Nobody reads the watch index but an officer of the roster."""
    with open_store():
        from gatehouse.border.api import bundle_issue
        from gatehouse.device.bundle import TrustLists
        from gatehouse.platform.actors import Actor
        from gatehouse.platform.keys import bundle_key
        from gatehouse.platform.trust import trust_files

        files, pinned = trust_files()
        issued, data = bundle_issue(
            clock=SystemClock(),
            actor=Actor.system("operator"),
            device=device,
            hours=hours,
            lists=TrustLists(files=files, pinned=pinned),
            key=bundle_key(),
        )
        _write(out, data)
    found = {
        "device": device,
        "serial": issued.serial,
        "issued": issued.issued.isoformat(),
        "expires": issued.expires.isoformat(),
        "officers": [officer.name for officer in issued.roster],
        "lists": sorted(issued.trust.files),
        "bytes": len(data),
    }
    until = issued.expires.isoformat(timespec="minutes")
    said = f"Bundle {issued.serial} for {device}, good until {until}, {len(issued.roster)} officers: {out}"
    show(found, said, as_json=as_json)


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse device bundle key",
    help="Print the public key by which devices know the centre's bundles.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def key(as_json: bool) -> None:
    from gatehouse.platform.keys import bundle_key

    public = b64encode(bundle_key().public_key().public_bytes_raw()).decode()
    show({"centre_key": public}, public, as_json=as_json)


def _write(out: Path, data: bytes) -> None:
    """Whole or not at all: a device may be reading the one before."""
    try:
        with NamedTemporaryFile(dir=out.parent, delete=False) as fresh:  # readable by its owner alone
            fresh.write(data)
        try:
            Path(fresh.name).replace(out)
        finally:
            Path(fresh.name).unlink(missing_ok=True)  # where it did not take its place
    except OSError as error:
        raise UnreadableError("%(name)s cannot be written: %(cause)s", name=str(out), cause=error.strerror) from error
