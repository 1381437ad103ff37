"""`gatehouse harden`: check, point by point, that an installation is as closed as it is meant to be."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.harden.points import Asked, Part, check_all
from gatehouse.cli.streams import show
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Result

_PARTS = [each.value for each in Part]


@click.command(
    cls=Command,
    permission=OPERATOR,
    example=(
        "gatehouse harden --part workstation --config /etc/gatehouse/desk.toml "
        "--unit /etc/systemd/system/gatehouse-workstation.service\n"
        "gatehouse harden --part delivery --lock requirements/core.txt --sbom out/sbom.json"
    ),
)
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice([each.value for each in Part]),
    help="Only this part; several times.",
)
@click.option("--config", type=click.Path(path_type=Path), help="The settings of a desk's agent.")
@click.option("--unit", type=click.Path(path_type=Path), help="The systemd unit that starts the agent.")
@click.option(
    "--lock", type=click.Path(path_type=Path), help="The lock that was installed from (requirements/core.txt)."
)
@click.option("--sbom", type=click.Path(path_type=Path), help="Also write the bill of materials here (CycloneDX 1.6).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def harden(
    *,
    parts: tuple[str, ...],
    config: Path | None,
    unit: Path | None,
    lock: Path | None,
    sbom: Path | None,
    as_json: bool,
) -> int:
    """Check this machine against the points of docs/hardening.md. Nothing is changed.

    The centre is checked by the settings of the environment, a desk by --config; run it as root or as the account that
    owns them, and while the agent runs. Exit codes: 0 every point holds or does not concern this machine, 1 one does
    not hold or could not be decided, 2 unreadable.
    """
    asked = Asked(config=config, unit=unit, lock=lock)
    found = check_all(asked, [Part(name) for name in parts] or list(Part))
    if sbom is not None:
        _write_bill(sbom, asked)
    counts = Counter(each.result for each in found)
    report = {"points": [each.as_dict() for each in found], "counts": {each.value: counts[each] for each in Result}}
    lines = [line for each in found for line in each.lines()]
    lines.append(", ".join(f"{counts[each]} {each.value}" for each in Result if counts[each]))
    show(report, "\n".join(lines), as_json=as_json)
    return int(any(each.result not in (Result.SUCCESSFUL, Result.NOT_SUPPORTED) for each in found))


def _write_bill(file: Path, asked: Asked) -> None:
    from gatehouse.cli.harden.bill import bill_of_materials
    from gatehouse.cli.harden.lock import locked

    if asked.lock_file is None:
        raise UnreadableError("a bill of materials needs the lock: --lock requirements/core.txt")
    bill = bill_of_materials(locked(asked.lock_file))
    try:
        file.write_text(json.dumps(bill, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise UnreadableError("%(name)s cannot be written: %(cause)s", name=str(file), cause=error.strerror) from error
