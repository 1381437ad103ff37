"""`gatehouse gate lists`: what a lane takes along to work without the centre."""

from __future__ import annotations

from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show, write_whole
from gatehouse.kernel.clock import SystemClock


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse gate lists --lane TPE-E01 --hours 24 --out tpe-e01.lists",
)
@click.option("--lane", required=True, help="The lane, as `gatehouse device register` named it.")
@click.option("--hours", default=24, show_default=True, help="How old they may grow: 1 to 168 hours.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write; replaced as a whole.")
@click.option("--json", "as_json", is_flag=True, help="Print what was issued as JSON.")
def lists(*, lane: str, hours: int, out: Path, as_json: bool) -> None:
    """Issue rules, trust, lists and who is known for one lane, signed and with an age; past it the lane closes itself.

    Who is known stands in it as keyed digests, the key sealed to the lane. The centre's public key is that of
    `gatehouse device bundle key`.
    """
    with open_store():
        from gatehouse.border.api import lane_lists_issue
        from gatehouse.device.bundle import TrustLists
        from gatehouse.platform.actors import Actor
        from gatehouse.platform.keys import bundle_key
        from gatehouse.platform.trust import trust_files

        files, pinned = trust_files()
        issued, data = lane_lists_issue(
            clock=SystemClock(),
            actor=Actor.system("operator"),
            lane=lane,
            hours=hours,
            trust=TrustLists(files=files, pinned=pinned),
            key=bundle_key(),
        )
        write_whole(out, [data], is_private=True)
    found = {
        "lane": lane,
        "serial": issued.serial,
        "issued": issued.issued.isoformat(),
        "expires": issued.expires.isoformat(),
        "known": len(issued.known),
        "bytes": len(data),
    }
    until = issued.expires.isoformat(timespec="minutes")
    show(found, f"Lists {issued.serial} for {lane}, good until {until}: {out}", as_json=as_json)
