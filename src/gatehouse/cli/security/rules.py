"""`gatehouse security rules`: which rules of a folder can be used."""

from __future__ import annotations

from pathlib import Path

import click

from gatehouse.cli.command import ANYONE, Command, LazyGroup
from gatehouse.cli.streams import show

rules = LazyGroup("rules", help="Look at detection rules.", commands={"check": "gatehouse.cli.security.rules:check"})


@click.command(
    cls=Command,
    permission=ANYONE,
    example="gatehouse security rules check rules/ --json",
    help="Say which Sigma rules in DIR (*.yml, folders below it too; own: those that come with this) can be "
    "used, and why the others cannot. Exit code 1: some cannot.",
)
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def check(directory: Path, as_json: bool) -> int:
    from gatehouse.security.api import OWN_RULES, load_rules

    found = load_rules(OWN_RULES if str(directory) == "own" else directory)
    rejected = [{"file": each.file, "reason": str(each.reason)} for each in found.rejected]
    lines = [f"{found.loaded} of {found.found} rules can be used"]
    lines += [f"  {each['file']}: {each['reason']}" for each in rejected]
    document = {"rules": found.found, "loaded": found.loaded, "rejected": rejected}
    show(document, "\n".join(lines), as_json=as_json)
    return 1 if rejected else 0
