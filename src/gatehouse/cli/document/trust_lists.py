"""Verifying what an operator brings, and putting it to use."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from gatehouse.cli.streams import open_input, read_input, show
from gatehouse.documents.pki.anchors import read_anchors
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.defects import DefectList
from gatehouse.documents.pki.difference import by_country, difference
from gatehouse.documents.pki.imports import Tally, Verified, read_list, verify_crl, verify_export, verify_list
from gatehouse.documents.pki.masterlist import MasterList, Rejected
from gatehouse.documents.pki.store import Import, ListStore, Version
from gatehouse.documents.verdict import SignerName
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import RefusedError, UnreadableError
from gatehouse.kernel.results import Reason


@dataclass(frozen=True)
class Wanted:
    """What the caller asks of the lists."""

    roots: tuple[str, ...]
    against: str | None
    changes: bool
    store: Path | None
    by: str | None
    on: date


def verify(file: str, wanted: Wanted, *, as_json: bool) -> int:
    """Say what a file holds and whether its signer chains to a root; put it to use where a store is given."""
    roots = [_root(name) for name in wanted.roots]
    if file.lower().endswith(".ldif"):
        return _verify_export(file, roots, wanted, as_json=as_json)
    data = read_input(file)
    older = _master_list(wanted.against) if wanted.against else None
    verified = _verified(file, data, roots)
    signer = SignerName.of(verified.signer).as_dict() if verified.signer else None
    reason = verified.check.reason
    if verified.ready is None:
        show({"signer": signer, "reason": str(reason)}, f"not trusted: {reason}", as_json=as_json)
        return 1
    contents = _contents(verified, older, wanted)
    if wanted.store is not None:
        version, new = _import(verified.ready, wanted)
        contents["imported"] = {**version.as_dict(), "new": new}
    show({"signer": signer, **contents}, _text(reason, contents), as_json=as_json)
    return 0


def _verified(file: str, data: bytes, roots: Sequence[Certificate]) -> Verified:
    try:
        crl = Crl.read(data)
    except UnreadableError:
        pass
    else:
        return verify_crl(crl, data, Path(file).name, roots)
    try:
        return verify_list(read_list(data), data, Path(file).name, roots)
    except UnreadableError as error:
        cause = str(error)
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=file, cause=cause) from error


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


def _import(ready: Import, wanted: Wanted) -> tuple[Version, bool]:
    assert wanted.store is not None  # noqa: S101 (asked for by the caller)
    by = wanted.by or getpass.getuser()
    return ListStore(wanted.store).add(ready, by=by, at=SystemClock().now())


def _contents(verified: Verified, older: MasterList | None, wanted: Wanted) -> dict[str, Any]:
    listed = verified.listed
    if isinstance(listed, Crl):
        return {"revoked": len(listed.revoked), "this_update": listed.this_update.date().isoformat()}
    if not isinstance(listed, MasterList):
        entries = listed.defects if isinstance(listed, DefectList) else listed.deviations
        return {"entries": len(entries)}
    changes = difference(older.certificates, listed.certificates, wanted.on) if older else None
    contents: dict[str, Any] = {
        "certificates": len(listed.certificates),
        "countries": len(listed.countries),
        "rejected": [{"subject": each.subject, "reason": str(each.reason)} for each in listed.rejected],
        "added": None if changes is None else sum(each.added for each in changes),
        "removed": None if changes is None else sum(not each.added for each in changes),
    }
    if wanted.changes and changes is not None:
        contents["by_country"] = by_country(changes)
        contents["changes"] = [each.as_dict() for each in changes]
    return contents


_COUNTED: tuple[str, ...] = ("master_lists", "revocation_lists", "deviation_lists", "defect_lists")


@dataclass
class _Export:
    """What was found in an export, as it goes by."""

    counted: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTED, 0))
    certificates: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    refused: list[dict[str, str]] = field(default_factory=list)
    rejected: list[dict[str, str]] = field(default_factory=list)
    imported: list[dict[str, Any]] = field(default_factory=list)

    def count(self, found: Verified) -> None:
        if found.ready is None:
            self.refused.append({"list": _shown(found), "reason": str(found.check.reason)})
            return
        if isinstance(found.listed, MasterList):
            self.certificates |= {each.sha256 for each in found.listed.certificates}
            self.countries |= found.listed.countries
            self.rejected += [_rejected(each) for each in found.listed.rejected]
        self.counted[found.ready.source.kind.value.replace(" ", "_") + "s"] += 1


def _verify_export(file: str, roots: list[Certificate], wanted: Wanted, *, as_json: bool) -> int:
    tally, export = Tally(), _Export()
    with open_input(file) as stream:
        for found in verify_export(stream, Path(file).name, roots=roots, tally=tally, authorities=roots):
            if isinstance(found, Rejected):
                export.rejected.append(_rejected(found))
                continue
            export.count(found)
            if found.ready is not None and wanted.store is not None:
                try:
                    version, new = _import(found.ready, wanted)
                except RefusedError as error:  # an older list of one series; the others go on
                    export.refused.append({"list": found.ready.source.name, "reason": str(error)})
                else:
                    export.imported.append({**version.as_dict(), "new": new})
    contents = {
        **export.counted,
        "document_signers": tally.document_signers,
        "certificates": len(export.certificates),
        "countries": len(export.countries),
        "refused": export.refused,
        "rejected": export.rejected,
        "imported": export.imported,
    }
    show(contents, _export_text(contents), as_json=as_json)
    return 1 if export.refused else 0


def _shown(found: Verified) -> str:
    return found.signer.subject.text if found.signer else found.listed.__class__.__name__


def _rejected(found: Rejected) -> dict[str, str]:
    return {"subject": found.subject, "reason": str(found.reason)}


def _text(reason: Reason, contents: dict[str, Any]) -> str:
    lines = [str(reason)]
    if "certificates" in contents:
        lines.append(f"{contents['certificates']} certificates of {contents['countries']} countries")
        lines += [f"rejected: {each['subject']}: {each['reason']}" for each in contents["rejected"]]
        if contents["added"] is not None:
            lines.append(f"{contents['added']} added, {contents['removed']} removed")
        lines += [change_line(each) for each in contents.get("changes", ())]
    else:
        lines += [f"{name.replace('_', ' ')}: {value}" for name, value in contents.items() if name != "imported"]
    if "imported" in contents:
        version = contents["imported"]
        lines.append(f"version {version['number']}" + ("" if version["new"] else ", imported before"))
    return "\n".join(lines)


def change_line(change: dict[str, Any]) -> str:
    sign = "+" if change["change"] == "added" else "-"
    return f"{sign} {change['country'] or '--'} {change['subject']}, serial {change['serial']}: {change['reason']}"


def _export_text(contents: dict[str, Any]) -> str:
    counted = [*_COUNTED, "document_signers"]
    lines = [f"{contents[name]} {name.replace('_', ' ')}" for name in counted]
    lines.append(f"{contents['certificates']} certificates of {contents['countries']} countries")
    lines += [f"not trusted: {each['list']}: {each['reason']}" for each in contents["refused"]]
    lines += [f"rejected: {each['subject']}: {each['reason']}" for each in contents["rejected"]]
    lines += [f"version {each['number']}: {each['name']}" for each in contents["imported"]]
    return "\n".join(lines)
