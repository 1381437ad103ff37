"""The register of assets as it may have stood at the end of year 112."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

HEAD = """\
# The register of assets of year 112: a reconstruction for the reference year, written by
# scripts/reconstruct_112.py. From the report (內政部移民署112年度施政績效報告): 61 e-Gates of the 4th generation,
# of which 19 were completed within the year and none was in service (貳二(三)3, 參一(一)1, 貳二(四)2); 76 of the
# 1st generation to be removed at TPE, 18 removed, after the works were approved on 112-11-27 (參一(一)1,
# 貳二(五)2); the f-Gates (2nd generation) kept for the court since 112-09-28 (貳二(五)); 89 switches replaced at 11
# sites, TSA among them; 4 power strips at TSA; fibre at TPE (貳二(三)4); workstations delivered in 3 phases and not
# in use (貳二(三)1, (四)1); the security platform built (貳二(三)5). From the agency's news of November 2022: 41
# e-Gates of the 3rd generation nationwide. From its releases of 2025: 22 at TPE. Made up: tags; the sites but TSA
# and TPE; how many of what stands where; how many f-Gates (10), workstations (240 in use, 72 bought), fibre links
# and services there are; all days but those named above. The report says 61 of the 4th generation; that it may mean
# the 3rd and 4th together is a question for its auditor and is not decided here.
"""
STATUSES = ("ordered", "delivered", "installed", "accepted", "in_service", "suspended", "under_legal_hold", "removed")
COLUMNS = ("tag", "asset_class", "generation", "site", "hall", "plan", "replaces", *STATUSES, "source", "reconstructed")
PLAN = "next-generation-inspection"
REPORT = "112年度施政績效報告 "
MADE_UP = "重建"
#: e-Gates of the 3rd generation by site: 41, of which 22 at TPE.
THIRD = {"TPE": 22, "KHH": 6, "TSA": 5, "RMQ": 5, "TW1ST": 3}
WORKSTATIONS = {
    "TPE": 120, "KHH": 34, "TSA": 20, "RMQ": 16, "TW1ST": 10, "TNN": 4, "HUN": 4, "MZG": 2, "CYI": 2, "KNH": 2,
    "TTT": 2, "TWKEL": 8, "TWKHH": 6, "TWTXG": 4, "TWTPE": 2, "TWHUN": 2, "TW1FO": 2,
}  # fmt: skip
SWITCHES = {
    "TPE": 30, "KHH": 12, "TSA": 10, "RMQ": 8, "TWKEL": 6, "TWKHH": 6, "TW1ST": 5, "TWTXG": 4, "TNN": 3, "HUN": 3,
    "MZG": 2,
}  # fmt: skip


@dataclass(frozen=True)
class Asset:
    tag: str
    asset_class: str
    site: str
    source: str
    days: dict[str, date] = field(default_factory=dict)
    generation: int | None = None
    hall: str = ""
    plan: str = ""
    replaces: str = ""
    #: Each row has something made up: its tag, its place or a day.
    reconstructed: str = "true"


def register() -> list[Asset]:
    return [*_gates(), *_workstations(), *_network(), *_platform()]


def text(assets: list[Asset]) -> str:
    rows = [
        ",".join(
            str(asset.days.get(name) or "") if name in STATUSES else str(getattr(asset, name) or "") for name in COLUMNS
        )
        for asset in assets
    ]
    return HEAD + "\n".join((",".join(COLUMNS), *rows)) + "\n"


def _gates() -> Iterator[Asset]:
    terminals = ("T1", "T2")
    for number in range(76):
        hall = terminals[number // 38]
        days = {"in_service": date(2012, 1, 1)}
        if number % 38 < 9:  # nine at each terminal, two every third day
            days["removed"] = date(2023, 12, 1) + timedelta(days=3 * (number % 38))
        tag = f"TPE-{hall}-EG1-{number % 38 + 1:02}"
        yield Asset(tag, "e_gate", "TPE", REPORT + "參一(一)1", days, 1, hall)
    for number in range(10):
        days = {"in_service": date(2017, 11, 1), "under_legal_hold": date(2023, 9, 28)}
        yield Asset(f"TPE-T2-EG2-{number + 1:02}", "e_gate", "TPE", REPORT + "貳二(五)", days, 2, "T2")
    for site, many in THIRD.items():
        for number in range(many):
            hall = terminals[number // 11] if site == "TPE" else ""
            tag = f"{site}-EG3-{number + 1:02}"
            yield Asset(tag, "e_gate", site, "移民署新聞 2022-11", {"in_service": date(2022, 11, 1)}, 3, hall)
    for number in range(61):
        earlier = number < 42
        completed = date(2022, 10, 24) + timedelta(days=number) if earlier else date(2023, 12, 11 + number - 42)
        days = {
            "ordered": date(2022, 3, 1),
            "delivered": date(2022, 9, 30) if earlier else date(2023, 11, 30),
            "installed": completed,
        }
        source = REPORT + ("參一(一)1" if earlier else "貳二(三)3")
        hall = terminals[number % 2]
        yield Asset(f"TPE-{hall}-EG4-{number + 1:02}", "e_gate", "TPE", source, days, 4, hall, PLAN)


def _workstations() -> Iterator[Asset]:
    for site, many in WORKSTATIONS.items():
        for number in range(many):
            days = {"in_service": date(2015, 8, 1)}
            yield Asset(f"{site}-WS1-{number + 1:03}", "workstation", site, MADE_UP, days)
    phases = (date(2023, 4, 14), date(2023, 8, 15), date(2023, 11, 15))
    for number in range(72):
        kind, mark = ("workstation", "WS2") if number % 6 else ("mobile_workstation", "MW1")
        days = {"ordered": date(2022, 12, 1), "delivered": phases[number // 24]}
        yield Asset(f"TPE-{mark}-{number + 1:03}", kind, "TPE", REPORT + "貳二(三)1", days, None, "", PLAN)


def _network() -> Iterator[Asset]:
    source = REPORT + "貳二(三)4"
    for place, (site, many) in enumerate(SWITCHES.items()):
        for number in range(many):
            day = date(2023, 3, 6) + timedelta(days=7 * place + number % 5)
            old = f"{site}-SW1-{number + 1:02}"
            yield Asset(old, "switch", site, source, {"in_service": date(2014, 1, 1), "removed": day})
            days = {"delivered": date(2023, 2, 15), "installed": day, "accepted": day, "in_service": day}
            yield Asset(f"{site}-SW2-{number + 1:02}", "switch", site, source, days, None, "", PLAN, old)
    for number in range(4):
        days = {"delivered": date(2023, 2, 15), "installed": date(2023, 3, 21), "in_service": date(2023, 3, 21)}
        yield Asset(f"TSA-PS-{number + 1}", "power_strip", "TSA", source, days, None, "", PLAN)
    for hall in ("T1", "T2"):
        days = {"installed": date(2023, 5, 15), "in_service": date(2023, 5, 22)}
        yield Asset(f"TPE-{hall}-FL", "fibre_link", "TPE", source, days, None, hall, PLAN)


def _platform() -> Iterator[Asset]:
    for name in ("MONITORING", "PROTECTION", "UPDATES"):
        days = {"installed": date(2023, 2, 1), "accepted": date(2023, 3, 15), "in_service": date(2023, 4, 1)}
        yield Asset(f"SEC-{name}", "security_platform", "TPE", REPORT + "貳二(三)5", days, None, "", PLAN)
