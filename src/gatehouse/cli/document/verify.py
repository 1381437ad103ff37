"""`gatehouse document verify`: passive authentication of a travel document's chip data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial

import click

from gatehouse.cli.command import ANYONE, several_values
from gatehouse.cli.document.log_file import log_options, require_log, write_log
from gatehouse.cli.document.trusting import pinned_certificates, revocation_lists, trusted_paths
from gatehouse.cli.streams import read_input, show
from gatehouse.documents.inspectionlog.sources import of_files
from gatehouse.documents.passive import authenticate
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.verdict import Verdict
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Result

#: 1 to 16, and 01 to 09.
_NUMBERS = {form: number for number in range(1, 17) for form in (f"{number}", f"{number:02d}")}
_SEVERAL = ("--dg", "--trust", "--crl", "--pinned")
#: A data group is at most what two bytes of offset and extended lengths reach on a chip; portraits stay far below.
_LARGEST_DATA_GROUP = 16 * 1024 * 1024


@click.command(
    cls=several_values(*_SEVERAL),
    permission=ANYONE,
    example="gatehouse document verify --sod EF_SOD.bin --dg 1=EF_DG1.bin 2=EF_DG2.bin --trust DE_ML.ml NL_ML.ml",
)
@click.option("--sod", required=True, metavar="FILE", help="EF.SOD as read from the chip; - for standard input.")
@click.option("--dg", "groups", multiple=True, metavar="N=FILE …", help="Data group N as read from the chip.")
@click.option(
    "--trust",
    multiple=True,
    required=True,
    metavar="PATH …",
    help="Master lists, PKD exports, CSCA certificates, revocation, defect and deviation lists, folders.",
)
@click.option("--pinned", multiple=True, metavar="FILE …", help="What signers of defect lists must chain to.")
@click.option("--crl", "lists", multiple=True, metavar="FILE …", help="Revocation lists of the CSCAs.")
@click.option("--at", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge validity on; today where not given.")
@log_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(
    *,
    sod: str,
    groups: tuple[str, ...],
    trust: tuple[str, ...],
    pinned: tuple[str, ...],
    lists: tuple[str, ...],
    at: datetime | None,
    log_file: str | None,
    log_profile: str,
    purpose: str,
    as_json: bool,
) -> int:
    """Check who signed a document and whether its data is unchanged.

    The trusted files are taken as they stand: check a master list with `gatehouse document trust` first. A defect list
    counts where its signer chains to a --pinned certificate, a deviation list where it chains to its state's CSCA.
    Exit codes: 0 successful, 1 failed or undetermined, 2 unreadable.
    """
    require_log(log_file, log_profile, purpose)
    now = SystemClock().now()
    on = (at or now).date()
    security_object, data_groups = read_input(sod), dict(_data_groups(groups))
    verdict = authenticate(
        security_object,
        data_groups=data_groups,
        trust=TrustStore.load(trusted_paths(trust), pinned=pinned_certificates(pinned)),
        crls=[crl for name in lists for crl in revocation_lists(name)],
        on=on,
    )
    files = {"SOD": security_object, **{f"DG{number}": data for number, data in data_groups.items()}}
    write_log(log_file, partial(of_files, files, verdict, at=now, on=on), log_profile, purpose)
    show(verdict.as_dict(), _text(verdict), as_json=as_json)
    return 0 if verdict.result is Result.SUCCESSFUL else 1


def _data_groups(groups: Iterable[str]) -> Iterable[tuple[int, bytes]]:
    seen: set[int] = set()
    for group in groups:
        digits, _, name = group.partition("=")
        number = _NUMBERS.get(digits)
        if number is None or number in seen or not name:
            raise UnreadableError("--dg takes N=FILE with N from 1 to 16, each once, not %(given)s", given=group[:80])
        seen.add(number)
        yield number, read_input(name, largest=_LARGEST_DATA_GROUP)


def _text(verdict: Verdict) -> str:
    signer = verdict.signer
    named = f"{signer.subject}, serial {signer.serial}" if signer else "not known"
    lines = [f"{verdict.result.value}", f"signer: {named}"]
    lines += [f"{check.id:<17} {check.result.value:<13} {check.reason}" for check in verdict.checks]
    lines += [f"by {each.kind.value} {each.name} of {each.issued or '-'}, {each.sha256}" for each in verdict.versions]
    return "\n".join(lines)
