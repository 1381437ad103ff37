"""`gatehouse audit export`: the log as a file, for an auditor to verify elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.streams import progress, show
from gatehouse.kernel.errors import UnreadableError

_EVERY = 1 << 16


@click.command(cls=Command, permission=OPERATOR, example="gatehouse audit export --out log.jsonl")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write, one entry a line.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def export(out: Path, as_json: bool) -> int:
    """Write the whole log, one entry a line in the order of the tree. What names a person is not in it."""
    from gatehouse import platform  # noqa: PLC0415

    platform.setup()
    from gatehouse.audit.selectors import log_lines  # noqa: PLC0415

    report, written = progress("entries"), 0
    fresh = out.with_name(f".{out.name}.new")
    try:
        with fresh.open("wb") as stream:
            for written, line in enumerate(log_lines(), start=1):
                stream.write(line)
                if report and written % _EVERY == 0:
                    report(written)
        fresh.replace(out)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise UnreadableError("%(name)s cannot be written: %(cause)s", name=out, cause=error.strerror) from error
    show({"entries": written, "file": str(out)}, f"{written} entries written to {out}", as_json=as_json)
    return 0
