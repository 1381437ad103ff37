"""`gatehouse audit verify`: is the log what was signed?"""

from __future__ import annotations

from pathlib import Path

import click

from gatehouse.audit import verifier
from gatehouse.audit.kept import read_keys, read_notes
from gatehouse.cli.command import ANYONE, Command
from gatehouse.cli.streams import progress, show


@click.command(
    cls=Command,
    permission=ANYONE,
    example="gatehouse audit verify --log log.jsonl --checkpoint kept/checkpoint --key kept/audit.vkey --json",
)
@click.option("--log", type=click.Path(path_type=Path), required=True, help="The exported log, one entry a line.")
@click.option(
    "--checkpoint",
    "checkpoints",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    help="A signed checkpoint kept outside, a day's list of them, or the folder that holds them. May be repeated.",
)
@click.option(
    "--key",
    help="Verifier key of the log, name+keyid+base64, or a file of them. Default: audit.vkey beside the checkpoint.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def verify(log: Path, checkpoints: tuple[Path, ...], key: str | None, as_json: bool) -> int:
    """Find a changed, deleted, reordered or doubled entry, a fork, or a log cut off, and name the first bad entry.

    The checkpoint is one that was kept outside the log. Exit code 0: the log holds; 1: it does not.
    """
    notes = [note for path in checkpoints for note in read_notes(path)]
    verdict = verifier.verify(verifier.read_log(log), notes, read_keys(key, checkpoints[0]), progress("entries"))
    show(verdict.as_dict(), _text(verdict), as_json=as_json)
    return 0 if verdict.first_bad is None else 1


def _text(verdict: verifier.Verdict) -> str:
    bad = verdict.first_bad
    found = f"first bad entry: {bad.index}: {bad.reason}" if bad else "the log holds"
    return "\n".join(
        (
            found,
            f"{verdict.size} entries read, {verdict.vouched} of them under a checkpoint",
            f"root {verdict.root.hex()}",
            f"checkpoint signature {verdict.signature.result}: {verdict.signature.reason}",
        )
    )
