"""`gatehouse security posture check`: what is known to be wrong, and what runs out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gatehouse.cli.command import ANYONE, several_values
from gatehouse.cli.streams import read_input, show
from gatehouse.kernel.clock import SystemClock

if TYPE_CHECKING:
    from gatehouse.security.api import Checked, Exploited, FeedVersion, Finding


@click.command(
    cls=several_values("--sbom", "--osv", "--certificate"),
    permission=ANYONE,
    example="gatehouse security posture check --osv PyPI-all.zip --kev known_exploited_vulnerabilities.json\n"
    "gatehouse security posture check --terms licences.csv --certificate server.pem --json",
)
@click.option("--sbom", multiple=True, help="Bills of materials (CycloneDX, JSON) instead of what is installed here.")
@click.option("--debian", is_flag=True, help="Also the packages of Debian on this host.")
@click.option(
    "--osv", multiple=True, type=click.Path(path_type=Path), help="Advisories of OSV: *.zip, *.json, a folder."
)
@click.option("--kev", help="CISA's catalogue of known exploited vulnerabilities, JSON.")
@click.option("--terms", help="What runs out, CSV: kind, name, valid_until, evidence.")
@click.option("--certificate", multiple=True, help="Certificates, PEM or DER.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def check(  # noqa: PLR0917 (click passes them by name)
    sbom: tuple[str, ...],
    debian: bool,
    osv: tuple[Path, ...],
    kev: str | None,
    terms: str | None,
    certificate: tuple[str, ...],
    as_json: bool,
) -> int:
    """Compare components with advisories, and look at what runs out within 90, 30 and 7 days.

    Nothing is asked of the network: feeds are files. Components of which the feed can say nothing are told.
    Exit code 1: something was found, or not everything could be looked at.
    """
    from gatehouse.security.api import Checked, check_feed, check_terms, read_certificates, read_terms

    if not (osv or terms or certificate):
        raise click.UsageError("Nothing to check against: give --osv, --terms or --certificate.")
    if not osv and (sbom or debian or kev):
        raise click.UsageError("--sbom, --debian and --kev are compared with advisories: give --osv.")
    now = SystemClock().now()
    ends = read_terms(read_input(terms), terms) if terms else []
    for name in certificate:
        ends += read_certificates(read_input(name), name)
    checked, feeds = _against(osv, kev, sbom, debian=debian) if osv else (Checked((), 0, ()), {})
    old = [found for name, feed in feeds.items() if (found := check_feed(name, feed, now))]
    findings = sorted([*checked.findings, *old, *check_terms(ends, now)], key=lambda each: each.rank)
    unreadable = [name for feed in feeds.values() for name in feed.unreadable]
    for name in unreadable:
        click.echo(f"gatehouse: {name} is no advisory", err=True)
    show(_document(checked, feeds, findings, now), _text(checked, findings), as_json=as_json)
    return 1 if findings or checked.unchecked or unreadable else 0


def _against(
    osv: tuple[Path, ...], kev: str | None, sbom: tuple[str, ...], *, debian: bool
) -> tuple[Checked, dict[str, FeedVersion]]:
    from gatehouse.cli.security.posture.feeds import feed_files
    from gatehouse.cli.security.posture.host import installed
    from gatehouse.security.api import AdvisoryIndex, check_components, read_advisories, read_bill, read_exploited

    advisories, feed = read_advisories(each for path in osv for each in feed_files(path))
    feeds = {"OSV": feed}
    exploited: Mapping[str, Exploited] = {}
    if kev:
        exploited, feeds["KEV"] = read_exploited(read_input(kev), kev)
    components = [each for name in sbom for each in read_bill(read_input(name), name)]
    if debian or not sbom:
        components += installed(debian=debian)
    return check_components(dict.fromkeys(components), AdvisoryIndex(advisories), exploited), feeds


def _document(
    checked: Checked, feeds: Mapping[str, FeedVersion], findings: list[Finding], now: datetime
) -> dict[str, Any]:
    return {
        "components": checked.checked + len(checked.unchecked),
        "checked": checked.checked,
        "unchecked": [each.purl or each.name for each in checked.unchecked],
        "feeds": [
            {
                "name": name,
                "sha256": feed.digest,
                "entries": feed.entries,
                "newest": feed.newest and feed.newest.isoformat(),
                "age_days": feed.newest and (now - feed.newest).days,
                "unreadable": list(feed.unreadable),
            }
            for name, feed in feeds.items()
        ],
        "findings": [
            {
                "kind": each.kind.value,
                "level": each.level or None,
                "subject": each.subject,
                "ids": list(each.ids),
                "evidence": str(each.evidence),
                "action": str(each.action),
                "open_days": each.open_since and (now - each.open_since).days,
            }
            for each in findings
        ],
    }


def _text(checked: Checked, findings: list[Finding]) -> str:
    total = checked.checked + len(checked.unchecked)
    lines = [f"{checked.checked} of {total} components checked, {len(findings)} findings"]
    for each in findings:
        ids = f" ({', '.join(each.ids)})" if each.ids else ""
        lines += [f"  [{each.level or '–'}] {each.subject}{ids}: {each.evidence}", f"      {each.action}"]
    if checked.unchecked:
        lines.append("of these nothing is known: " + ", ".join(each.purl or each.name for each in checked.unchecked))
    return "\n".join(lines)
