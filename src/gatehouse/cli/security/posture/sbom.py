"""`gatehouse security posture sbom`: the software bill of materials of this installation."""

from __future__ import annotations

import json
from pathlib import Path

import click

from gatehouse.cli.command import ANYONE, Command
from gatehouse.cli.streams import write_whole
from gatehouse.kernel.clock import SystemClock


@click.command(
    cls=Command,
    permission=ANYONE,
    example="gatehouse security posture sbom --debian --out gatehouse.cdx.json",
)
@click.option("--debian", is_flag=True, help="Also the packages of Debian on this host.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file (default: standard output).")
def sbom(debian: bool, out: Path | None) -> int:
    """Write what Gatehouse and its surroundings consist of, as CycloneDX 1.6 in JSON.

    The distributions of Python that are installed beside it, with licences as their makers say them, and what
    needs what.
    """
    from gatehouse.cli.security.posture.host import installed
    from gatehouse.kernel.ids import new_id
    from gatehouse.security.api import bill_of_materials

    found = installed(debian=debian)
    own = next(each for each in found if each.name == "gatehouse")
    others = [each for each in found if each is not own]
    document = bill_of_materials(own, others, serial=new_id(), now=SystemClock().now())
    written = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    if out is None:
        click.echo(written, nl=False)
    else:
        write_whole(out, [written.encode()])
        click.echo(f"{len(others)} components")
    return 0
