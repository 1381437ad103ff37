"""`gatehouse document trust`: verify a CSCA master list before it is put to use."""

from __future__ import annotations

from typing import Any

import click

from gatehouse.cli.command import ANYONE, Command
from gatehouse.cli.streams import read_input, show
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.loading import read_anchors
from gatehouse.documents.pki.masterlist import MasterList, Rejected
from gatehouse.documents.verdict import SignerName
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Reason, Result


@click.command(
    cls=Command,
    permission=ANYONE,
    example="gatehouse document trust DE_ML_2026-01.ml --root DE_CSCA.cer --against DE_ML_2025-11.ml",
)
@click.argument("file", metavar="FILE.ml")
@click.option("--root", required=True, metavar="FILE.cer", help="The certificate that the list's signer must chain to.")
@click.option("--against", metavar="OLDER.ml", help="An older list to compare with; its signature is not verified.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def trust(file: str, root: str, against: str | None, as_json: bool) -> int:
    """Verify who signed a CSCA master list and say what is in it.

    Without --against, "added" and "removed" are null. Exit codes: 0 the signer chains to the root, 1 it does not,
    2 unreadable.
    """
    master_list = _master_list(file)
    older = _master_list(against) if against else None
    certificate, check = master_list.verify(_root(root))
    signer = SignerName.of(certificate).as_dict() if certificate else None
    if check.result is not Result.SUCCESSFUL:
        show({"signer": signer, "reason": str(check.reason)}, f"not trusted: {check.reason}", as_json=as_json)
        return 1
    contents = _contents(master_list, older)
    show({"signer": signer, **contents}, _text(check.reason, contents), as_json=as_json)
    return 0


def _master_list(name: str) -> MasterList:
    data = read_input(name)
    try:
        return MasterList.read(data)
    except UnreadableError as error:
        cause = str(error)
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=name, cause=cause) from error


def _root(name: str) -> Certificate:
    anchors = read_anchors(read_input(name), name)
    if len(anchors) != 1 or isinstance(anchors[0], Rejected):
        why = str(anchors[0].reason) if isinstance(anchors[0], Rejected) else "it holds several"
        raise UnreadableError("%(name)s is not one CSCA certificate: %(why)s", name=name, why=why)
    return anchors[0]


def _contents(master_list: MasterList, older: MasterList | None) -> dict[str, Any]:
    now = {each.sha256 for each in master_list.certificates}
    before = {each.sha256 for each in older.certificates} if older else None
    return {
        "certificates": len(master_list.certificates),
        "countries": len(master_list.countries),
        "rejected": [{"subject": each.subject, "reason": str(each.reason)} for each in master_list.rejected],
        "added": None if before is None else len(now - before),
        "removed": None if before is None else len(before - now),
    }


def _text(reason: Reason, contents: dict[str, Any]) -> str:
    lines = [str(reason), f"{contents['certificates']} certificates of {contents['countries']} countries"]
    lines += [f"rejected: {each['subject']}: {each['reason']}" for each in contents["rejected"]]
    if contents["added"] is not None:
        lines.append(f"{contents['added']} added, {contents['removed']} removed")
    return "\n".join(lines)
