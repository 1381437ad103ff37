"""`gatehouse audit export`: the log as a file, for an auditor to verify elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import progress, show
from gatehouse.kernel.errors import UnreadableError

_EVERY = 1 << 16


@click.command(cls=Command, permission=OPERATOR, example="gatehouse audit export --out log.jsonl")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write, one entry a line.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def export(out: Path, as_json: bool) -> int:
    """Write the whole log, one entry a line in the order of the tree. What names a person is not in it."""
    with open_store():
        from gatehouse.audit.api import log_lines

        written = _write(log_lines(), out)
    show({"entries": written, "file": str(out)}, f"{written} entries written to {out}", as_json=as_json)
    return 0


def _write(lines: Iterable[bytes], out: Path) -> int:
    """Write the whole file, or nothing of it."""
    report, written = progress("entries"), 0
    fresh = out.with_name(f".{out.name}.new")
    try:
        with fresh.open("wb") as stream:
            for line in lines:
                stream.write(line)
                written += 1
                if report and written % _EVERY == 0:
                    report(written)
        fresh.replace(out)
    except OSError as error:
        raise UnreadableError("%(name)s cannot be written: %(cause)s", name=out, cause=error.strerror) from error
    return written
