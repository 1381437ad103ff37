"""`gatehouse document trust`: verify lists before they are put to use, keep their versions, and see what they cover."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from gatehouse.cli.command import ANYONE, several_values
from gatehouse.cli.document import trust_lists, trust_versions
from gatehouse.kernel.clock import SystemClock


@click.command(
    cls=several_values("--root"),
    permission=ANYONE,
    example=(
        "gatehouse document trust DE_ML_2026-01.ml --root DE_CSCA.cer --against DE_ML_2025-11.ml --changes\n"
        "gatehouse document trust DE_ML_2026-01.ml --root DE_CSCA.cer --store .state/trust\n"
        "gatehouse document trust --store .state/trust\n"
        "gatehouse document trust 2 --against 1 --store .state/trust\n"
        "gatehouse document trust --store .state/trust --coverage --months 6"
    ),
)
@click.argument("file", metavar="FILE.ml", required=False)
@click.option("--root", "roots", multiple=True, metavar="FILE.cer …", help="What the list's signer must chain to.")
@click.option("--against", metavar="OLDER", help="An older list to compare with; its signature is not verified.")
@click.option("--changes", is_flag=True, help="With --against: each certificate that came or went, and why.")
@click.option("--store", metavar="FOLDER", help="Where the versions in use are kept, such as .state/trust.")
@click.option("--by", metavar="NAME", help="With --store: who imports; the account of the system where not given.")
@click.option("--coverage", is_flag=True, help="What FILE (or folder), or else the store, covers by country.")
@click.option("--months", type=click.IntRange(0, 120), default=6, show_default=True, help="With --coverage: expiring.")
@click.option("--at", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge validity on; today where not given.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def trust(
    *,
    file: str | None,
    roots: tuple[str, ...],
    against: str | None,
    changes: bool,
    store: str | None,
    by: str | None,
    coverage: bool,
    months: int,
    at: datetime | None,
    as_json: bool,
) -> int:
    """Verify who signed a list and say what is in it: a CSCA master list (.ml), an export of the ICAO PKD (.ldif), a
    revocation, defect or deviation list. With --store it is put to use where its signer holds.

    Without FILE, --store shows the history; with two versions of it (number or digest), what changed between them.
    Without --against, "added" and "removed" are null. Exit codes: 0 the signer chains to the root, 1 it does not,
    2 unreadable.
    """
    on: date = (at or SystemClock().now()).date()
    folder = Path(store) if store else None
    if coverage:
        if file is None and folder is None:
            raise click.UsageError("--coverage needs FILE or --store")
        return trust_versions.show_coverage(file, folder, on=on, months=months, as_json=as_json)
    if roots and file:
        wanted = trust_lists.Wanted(tuple(roots), against, changes, folder, by, on)
        return trust_lists.verify(file, wanted, as_json=as_json)
    if folder is None:
        raise click.UsageError("FILE needs --root, the certificate that its signer must chain to")
    if file is None:
        return trust_versions.show_history(folder, as_json=as_json)
    if against is None:
        raise click.UsageError("a version needs another to be compared with: --against")
    return trust_versions.show_difference(folder, against, file, on=on, as_json=as_json)
