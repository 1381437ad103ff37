"""`gatehouse gate hall`: a day of an airport's halls, with so many lanes."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import click

from gatehouse.cli.command import ANYONE, Command
from gatehouse.kernel.errors import UnreadableError


@click.command(
    cls=Command,
    permission=ANYONE,
    example="gatehouse gate hall --day 2026-02-14 --lanes 71 --json\n"
    "  gatehouse gate hall --day 2026-02-14 --lanes 49 --travellers 120000",
)
@click.option("--day", required=True, help="The day, as 2026-02-14.")
@click.option("--lanes", type=click.IntRange(0, 1000), required=True, help="How many lanes the airport has.")
@click.option("--travellers", type=click.IntRange(1, 1_000_000), help="How many pass, not what the profile says.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Another one: another such day.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def hall(day: str, lanes: int, travellers: int | None, seed: int, as_json: bool) -> int:
    """How long people wait, who uses the lanes, and how many desks to open in each hour.

    People come by flights, in parties, and join the line of the lanes or of the desks. The desks are the fewest that
    were found to keep the target; an hour that misses it although all desks are open is marked, and is exit code 1.
    A model: what it takes from where stands under `sources`, and what is assumed says so.
    """
    from gatehouse.platform.profile import profile
    from gatehouse.simulation.hall.day import hall_day

    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise UnreadableError("%(day)s is no day: write it as 2026-02-14", day=day) from error
    found = hall_day(profile(), on=on, lanes=lanes, seed=seed, travellers=travellers, told=_told)
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else as_text(found))
    return 0 if all(row["within_target"] for row in found["staffing"]) else 1


def _told(number: int, late: int) -> None:
    click.echo(f"rota {number}: {late} hours with too long a wait", err=True)


def as_text(found: dict[str, Any]) -> str:
    """The halls, the shares of use and the rota, in columns."""
    lines = [f"{found['port']} {found['day']}: {found['travellers']:,} travellers, {found['lanes']} lanes", ""]
    for hall in found["halls"]:
        name = f"{hall['terminal']} {hall['direction']}"
        lines.append(_row(name, f"{hall['lanes']} lanes", hall["gate"]))
        lines += [_row("", f"desks, {line}", figures) for line, figures in hall["desks"].items()]
    lines += ["", "Passed by a lane:"]
    lines += [
        f"  {row['group']:<12}{row['direction']:<6}{row['by_lane']:>8,} of {row['travellers']:>8,}"
        f"  {_percent(row['share'])}"
        for row in found["shares_of_use"]
    ]
    lines += ["", "Desks to open, hours 0 to 23 (* misses the target with all desks open):"]
    rows: dict[tuple[str, str, str], list[str]] = {}
    for row in found["staffing"]:
        key = (row["terminal"], row["direction"], row["line"])
        rows.setdefault(key, []).append(f"{row['desks']}{'' if row['within_target'] else '*'}".rjust(3))
    lines += [f"  {' '.join(key):<22}{' '.join(cells)}" for key, cells in rows.items()]
    return "\n".join(lines)


def _row(name: str, what: str, figures: dict[str, Any]) -> str:
    waits = figures["waiting_seconds"]
    return (
        f"  {name:<10}{what:<18}{waits['travellers']:>7,} travellers  waiting p50 {waits['p50']:>6.0f} s,"
        f" p95 {waits['p95']:>6.0f} s, longest {waits['longest']:>6.0f} s; queue up to {figures['queue']['longest']:,}"
    )


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.2f} %"
