"""`gatehouse audit verify`: is the log what was signed?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from gatehouse.audit import verifier
from gatehouse.audit.checkpoint import VerifierKey
from gatehouse.audit.kept import read_keys, read_notes
from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import progress, show


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse audit verify --log log.jsonl --checkpoint kept/checkpoint --key kept/audit.vkey --json",
)
@click.option(
    "--log",
    type=click.Path(path_type=Path),
    help="The exported log, one entry a line. Default: the log of the database.",
)
@click.option(
    "--checkpoint",
    "checkpoints",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A signed checkpoint kept outside, a day's list of them, or the folder that holds them. May be repeated. "
    "Default, for the database: the folder of the settings.",
)
@click.option(
    "--key",
    help="Verifier key of the log, name+keyid+base64, or a file of them. Default: audit.vkey beside the checkpoint.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def verify(log: Path, checkpoints: tuple[Path, ...], key: str | None, as_json: bool) -> int:
    """Find a changed, deleted, reordered or doubled entry, a fork, or a log cut off, and name the first bad entry.

    With --log this needs nothing of the system that wrote it. Exit code 0: the log holds; 1: it does not.
    """
    if log is None:
        verdict = _verify_database(checkpoints, key)
    elif checkpoints:
        notes, keys = _trust(checkpoints, key)
        verdict = verifier.verify(verifier.read_log(log), notes, keys, progress("entries"))
    else:
        raise click.UsageError("a log proves nothing by itself: give a checkpoint that was kept outside it")
    show(verdict.as_dict(), _text(verdict), as_json=as_json)
    return 0 if verdict.first_bad is None else 1


def _trust(checkpoints: Sequence[Path], key: str | None) -> tuple[list[str], list[VerifierKey]]:
    """The signed notes, and the keys that judge them."""
    return [note for path in checkpoints for note in read_notes(path)], read_keys(key, checkpoints[0])


def _verify_database(checkpoints: Sequence[Path], key: str | None) -> verifier.Verdict:
    with open_store():
        from gatehouse.audit.api import verify_database
        from gatehouse.platform.config import config

        notes, keys = _trust(checkpoints or [config().audit_kept], key)
        return verify_database(notes, keys, progress("entries"))


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
