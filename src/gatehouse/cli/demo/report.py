"""What the demo says when it is done: to a machine, and to a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from statistics import quantiles
from typing import Any

from gatehouse.cli.demo.run import Demo
from gatehouse.platform.ports import ports
from gatehouse.simulation.accounts import demo_accounts

_ADDRESS = "http://127.0.0.1:8000/"


def as_dict(demo: Demo, seconds: float) -> dict[str, Any]:
    tally, setting = demo.simulated.tally, demo.setting
    median, p99 = _ready(tally.ready_ms)
    return {
        "ok": demo.holds,
        "day": setting.on.isoformat(),
        "port": setting.port,
        "seed": setting.seed,
        "run": setting.run,
        "travellers": tally.travellers,
        "directions": dict(tally.directions),
        "proposals": dict(tally.proposals),
        "decisions": dict(tally.decisions),
        "planted": {each.value: number for each, number in tally.truth.planted.items()},
        "found": {each.value: number for each, number in tally.truth.found.items()},
        "missed": tally.truth.missed,
        "stopped": tally.truth.stopped,
        "faces_not_matched": tally.truth.unmatched,
        "crossings_agree": demo.simulated.crossings_agree,
        "figures": [figure.as_dict() for figure in demo.simulated.figures],
        "e_gates": asdict(demo.gates),
        "waiting_at_the_console": demo.waiting,
        "years_on_record": list(demo.years),
        "audit": demo.audit.as_dict(),
        "real_documents": None if demo.real is None else [asdict(document) for document in demo.real],
        "ready_ms": {"median": median, "p99": p99},
        "day_seconds": round(demo.seconds, 2),
        "seconds": round(seconds, 2),
        "travellers_per_second": round(tally.travellers / demo.seconds, 1),
    }


def as_text(demo: Demo, seconds: float) -> str:
    return "\n".join((*_day(demo), *_truth(demo), *_records(demo), *_real(demo), *_times(demo, seconds), *_next(demo)))


def _day(demo: Demo) -> Iterator[str]:
    tally, setting = demo.simulated.tally, demo.setting
    name = ports()[setting.port].name.get("en", setting.port)
    yield f"A simulated day: {setting.on}, {setting.port} {name}, seed {setting.seed}, run {setting.run}"
    yield _row("Travellers", f"{tally.travellers:,}: {_counts(tally.directions)}")
    yield _row("Proposed", _counts(tally.proposals))
    yield _row("Decided", _counts(tally.decisions))


def _truth(demo: Demo) -> Iterator[str]:
    truth = demo.simulated.tally.truth
    yield ""
    yield f"Planted and found ({truth.found.total()} of {truth.planted.total()})"
    for wrong, number in sorted(truth.planted.items()):
        yield _row(wrong.value.replace("_", " "), f"{truth.found[wrong]} of {number}", indent="  ")
    yield from (f"  MISSED {line}" for line in truth.missed)
    yield _row("Valid travellers stopped", str(len(truth.stopped)))
    yield from (f"  STOPPED {line}" for line in truth.stopped)
    yield _row("Faces not matched", f"{truth.unmatched}, compared by eye at the second line")


def _records(demo: Demo) -> Iterator[str]:
    yield ""
    agree = "as decided" if demo.simulated.crossings_agree else "NOT AS DECIDED"
    yield f"Crossings of the day, counted from the records ({agree})"
    for figure in demo.simulated.figures:
        digest = figure.as_dict()["evidence"]["digest"]
        yield _row(figure.labels["direction"], f"{figure.value:,}   sha256 {digest}", indent="  ")
    earlier = sum(figure.count for figure in demo.simulated.before)
    if earlier:
        yield f"  {earlier:,} of them were on record before this run"
    gates = demo.gates
    yield _row(
        "e-Gates",
        f"{gates.through} of {gates.travellers} went through {', '.join(gates.lanes)}; {gates.events:,} events of "
        f"their ledgers, {gates.set_aside} set aside",
    )
    if demo.years:
        yield _row("Annual report", f"records of the year {', '.join(map(str, demo.years))} are there to build it from")
    audit = demo.audit
    whole = f"NOT WHOLE: {audit.first_bad.index}: {audit.first_bad.reason}" if audit.first_bad else "verified"
    yield _row("Audit tree", f"{audit.size:,} entries, {whole}, checkpoint signature {audit.signature.result}")
    yield _row("", f"root {audit.root.hex()}")


def _real(demo: Demo) -> Iterator[str]:
    yield ""
    if demo.real is None:
        yield "Real documents: the conformance data is not here (set CONFORMANCE_DIR)"
        return
    yield "Real documents, authenticated against published master lists"
    for document in demo.real:
        yield _row(document.name, f"{document.result:<14}{document.signer:<4}{document.reason}".rstrip(), indent="  ")


def _times(demo: Demo, seconds: float) -> Iterator[str]:
    median, p99 = _ready(demo.simulated.tally.ready_ms)
    rate = demo.simulated.tally.travellers / demo.seconds
    yield ""
    yield _row("Time", f"{seconds:.1f} s in all; the day {demo.seconds:.1f} s, {rate:.0f} travellers a second")
    yield _row("Read to proposal", f"median {median} ms, 99 of 100 within {p99} ms")


def _next(demo: Demo) -> Iterator[str]:
    account = demo_accounts()[0]
    yield ""
    yield f"Next: `make serve`, open {_ADDRESS} and sign in as {account.username} with {account.password}."
    yield f"{demo.waiting} travellers wait at the console: press the key for the next one, and decide."


def _ready(milliseconds: list[int]) -> tuple[int, int]:
    """Median and 99th percentile."""
    cut = quantiles(milliseconds, n=100, method="inclusive")
    return round(cut[49]), round(cut[98])


def _counts(counted: dict[str, int]) -> str:
    return " · ".join(f"{name} {number:,}" for name, number in counted.items())


def _row(name: str, value: str, *, indent: str = "") -> str:
    return f"{indent}{name:<26}{value}".rstrip()
