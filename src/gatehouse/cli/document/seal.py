"""`gatehouse document seal`: read a digital seal and verify it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from gatehouse.cli.command import ANYONE, several_values
from gatehouse.cli.document.log_file import require_log, write_log
from gatehouse.cli.document.trusting import trusted_paths
from gatehouse.cli.streams import read_input, show
from gatehouse.documents.inspectionlog import LoggingProfile
from gatehouse.documents.inspectionlog.sources import of_seal
from gatehouse.documents.pki.loading import load
from gatehouse.documents.seals.reading import read_seal
from gatehouse.documents.seals.verification import SealVerdict, verify_seal
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.results import Result
from gatehouse.platform.profile import SHIPPED, Profile
from gatehouse.platform.seals import seal_policy


@click.command(
    cls=several_values("--trust"),
    permission=ANYONE,
    example="gatehouse document seal visa.png --trust DE_ML.ml visa-signer.cer --json",
)
@click.argument("file", default="-")
@click.option(
    "--trust",
    multiple=True,
    required=True,
    metavar="PATH …",
    help="Master lists, PKD exports, certificates of CSCAs and of signers of seals, revocation lists, folders.",
)
@click.option("--profile", default="tw", show_default=True, help="Whose policy says which seals are accepted.")
@click.option("--at", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge validity on; today where not given.")
@click.option("--log", "log_file", metavar="FILE.xml|FILE.json", help="Write the inspection log by BSI TR-03135.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def seal(
    *, file: str, trust: tuple[str, ...], profile: str, at: datetime | None, log_file: str | None, as_json: bool
) -> int:
    """Read the digital seal in FILE (default: standard input) and verify who signed it.

    FILE is what the barcode holds, as bytes or as text of them (base64, hexadecimal), a seal in JSON (VDS-NC), or a
    picture of the barcode (PNG, JPEG). Exit codes: 0 successful, 1 failed or undetermined, 2 unreadable.
    """
    require_log(log_file, LoggingProfile.STANDARD.value, "")
    now = SystemClock().now()
    on = (at or now).date()
    verdict = verify_seal(
        read_seal(read_input(file)),
        trust=load(trusted_paths(trust), anchored=False),
        policy=seal_policy(Profile(SHIPPED / profile if (SHIPPED / profile).is_dir() else Path(profile).absolute())),
        on=on,
    )
    write_log(log_file, partial(of_seal, verdict, at=now), LoggingProfile.STANDARD.value, "")
    show(verdict.as_dict(), _text(verdict), as_json=as_json)
    return 0 if verdict.result is Result.SUCCESSFUL else 1


def _text(verdict: SealVerdict) -> str:
    signer = verdict.signer
    named = f"{signer.subject}, serial {signer.serial}" if signer else "not known"
    lines = [
        verdict.result.value,
        f"{verdict.form}: {verdict.document or 'of a kind that is not known'} of {verdict.country}",
        f"signer: {named}",
    ]
    if verdict.issued_on:
        lines.append(f"issued on {verdict.issued_on}, sealed on {verdict.signed_on}")
    lines += [f"{feature.name.replace('_', ' ')}: {_shown(feature.value)}" for feature in verdict.features]
    lines += [f"{check.id:<17} {check.result.value:<13} {check.reason}" for check in verdict.checks]
    lines += [f"by {each.kind.value} {each.name} of {each.issued or '-'}, {each.sha256}" for each in verdict.versions]
    return "\n".join(lines)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(each)}" for name, each in value.items())
    if isinstance(value, list):
        return "; ".join(map(_shown, value))
    return str(value).replace("\n", " ")
