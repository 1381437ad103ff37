"""`gatehouse gate hall`: a day of an airport's halls, with so many lanes."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from gatehouse.cli.command import ANYONE, Command
from gatehouse.cli.days import day_from
from gatehouse.cli.streams import progress
from gatehouse.kernel.clock import SystemClock

if TYPE_CHECKING:
    from gatehouse.simulation.hall.plan import HallPlan


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
@click.option("--measured", type=click.IntRange(0, 1000), default=0, help="So many through the lane's program first.")
@click.option("--through", type=click.IntRange(1, 100_000), help="So many through a real lane to the demo's centre.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def hall(
    *, day: str, lanes: int, travellers: int | None, seed: int, measured: int, through: int | None, as_json: bool
) -> int:
    """How long people wait, who uses the lanes, and how many desks to open in each hour.

    People come by flights, in parties, and join the line of the lanes or of the desks. The desks are the fewest that
    were found to keep the target; an hour that misses it although all desks are open is marked, and is exit code 1.
    A model: what it takes from where stands under `sources`, and what is assumed says so.
    """
    from gatehouse.platform.profile import profile
    from gatehouse.simulation.hall.day import hall_day

    on = day_from(day)
    if through:
        _require_demo()
    own = _own_seconds(measured, seed) if measured else ()
    found = hall_day(profile(), on=on, lanes=lanes, seed=seed, travellers=travellers, own=own, told=_told)
    if through:
        found["through"] = _through(through, seed)
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else as_text(found))
    return 0 if all(row["within_target"] for row in found["staffing"]) else 1


def _own_seconds(number: int, seed: int) -> tuple[float, ...]:
    """What the lane's own program takes for a traveller here, chip and all."""
    from gatehouse.platform.profile import profile
    from gatehouse.simulation.hall.real_lane import departing, lane_passed

    world, guests = departing(profile(), number, seed=seed)
    with TemporaryDirectory() as folder:
        passed = lane_passed(world, guests, Path(folder, "lane.sqlite3"), told=progress("travellers"))
    return tuple(each / 1000 for each in passed.own_ms)


def _through(number: int, seed: int) -> dict[str, Any]:
    """Travellers through a real lane, and its ledger to the centre through the machine API, each recorded once."""
    import time

    import httpx

    from gatehouse.cli.store import open_store
    from gatehouse.platform.profile import profile
    from gatehouse.simulation.hall.figures import quantile
    from gatehouse.simulation.hall.real_lane import delivered, departing, lane_passed

    begun, lane = time.monotonic(), f"HALL-{secrets.token_hex(6)}"
    with open_store(), TemporaryDirectory() as folder:
        from gatehouse.border.api import device_ledgers
        from gatehouse.cli.wsgi import application
        from gatehouse.platform.actors import Actor
        from gatehouse.platform.services import device_register, device_revoke

        port = profile().read("hall.yaml", _plan()).port
        token = device_register(name=lane, port=port)
        world, guests = departing(profile(), number, seed=seed)
        file = Path(folder, "lane.sqlite3")
        try:
            passed = lane_passed(world, guests, file, lane=lane, port=port, told=progress("travellers"))
            with httpx.Client(transport=httpx.WSGITransport(app=application), base_url="http://127.0.0.1") as client:
                sent = delivered(file, client, token, lane=lane)
                again = delivered(file, client, token, lane=lane)
        finally:
            device_revoke(clock=SystemClock(), name=lane)
        [centre] = device_ledgers(reader=Actor.system("operator"), device=lane)
    own = [each / 1000 for each in passed.own_ms]
    return {
        "travellers": passed.travellers,
        "cleared": passed.cleared,
        "left_by_the_exit": passed.through,
        "events_sent": sent,
        "received_at_the_centre": centre.received,
        "set_aside": len(centre.set_aside),
        "whole": centre.is_whole,
        "sent_again": again,
        "own_seconds": {"p50": round(quantile(own, 0.5), 3), "p95": round(quantile(own, 0.95), 3)},
        "seconds": round(time.monotonic() - begun, 1),
    }


def _require_demo() -> None:
    """Before the day passes, which takes a while."""
    from gatehouse.kernel.errors import RefusedError
    from gatehouse.platform.config import Mode, config

    if config().mode is Mode.PRODUCTION:
        raise RefusedError("travellers who do not exist go through the lanes of a demo alone: GATEHOUSE_MODE=demo")


def _plan() -> type[HallPlan]:
    from gatehouse.simulation.hall.plan import HallPlan

    return HallPlan


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
    if passed := found.get("through"):
        lines += ["", "Through a real lane to the centre:"]
        lines += [f"  {name.replace('_', ' '):<24}{value}" for name, value in passed.items() if name != "own_seconds"]
    return "\n".join(lines)


def _row(name: str, what: str, figures: dict[str, Any]) -> str:
    waits = figures["waiting_seconds"]
    return (
        f"  {name:<10}{what:<18}{waits['travellers']:>7,} travellers  waiting p50 {waits['p50']:>6.0f} s,"
        f" p95 {waits['p95']:>6.0f} s, longest {waits['longest']:>6.0f} s; queue up to {figures['queue']['longest']:,}"
    )


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.2f} %"
