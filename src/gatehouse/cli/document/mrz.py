"""`gatehouse document mrz`: what a machine readable zone says, and whether its check digits are right."""

from __future__ import annotations

import click

from gatehouse.cli.command import ANYONE, Command
from gatehouse.cli.streams import read_input, show
from gatehouse.documents.mrz import Mrz, parse_mrz
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import UnreadableError


@click.command(
    cls=Command,
    permission=ANYONE,
    example="gatehouse document mrz passport.txt --json",
)
@click.argument("file", default="-")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def mrz(file: str, as_json: bool) -> int:
    """Read the machine readable zone in FILE (default: standard input) and check its check digits.

    The lines of TD1, TD2, TD3, MRV-A or MRV-B, in capitals, separated by line ends or not at all. The exit code is 1
    where a check digit is wrong, 2 where this is no machine readable zone.
    """
    try:
        text = read_input(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError("this is no text, and so no machine readable zone") from error
    found = parse_mrz(text, on=SystemClock().now().date())
    show(found.as_dict(), _text(found), as_json=as_json)
    return 0 if found.valid else 1


def _text(found: Mrz) -> str:
    elements = {name: value for name, value in found.as_dict().items() if name not in {"checks", "valid"}}
    lines = [f"{name.replace('_', ' ')}: {value or '-'}" for name, value in elements.items()]
    lines += [f"check of {name.replace('_', ' ')}: {_word(right)}" for name, right in found.checks.items()]
    return "\n".join([*lines, f"result: {'valid' if found.valid else 'a check digit is wrong'}"])


def _word(right: bool) -> str:
    return "right" if right else "wrong"
