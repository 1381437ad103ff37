"""One target under atheris: `python -m tests.fuzz.worker TARGET FOLDER [libFuzzer options]`; `replay` measures memory.

`FOLDER` holds the octets to begin from and receives those that reach something new.
"""

from __future__ import annotations

import gc
import sys
import tracemalloc
from pathlib import Path

#: Octets per round that Python keeps for itself: what grows by more is kept by the program.
_TOLERATED = 64 * 1024
_ROUNDS = 6
_OTHERS = ("gatehouse.device", "gatehouse.workstations.boarding_pass")


def fuzz(name: str, options: list[str]) -> None:
    """Runs until the options say enough; the process ends with it."""
    import atheris  # noqa: PLC0415 - is there only where somebody fuzzes

    with atheris.instrument_imports(include=["gatehouse.documents", "gatehouse.kernel", *_OTHERS]):
        from tests.fuzz.targets import TARGETS  # noqa: PLC0415
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


def replay(name: str, folder: Path) -> int:
    """Runs the whole folder some times and says how much memory each further time kept, in octets."""
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415

    inputs = [path.read_bytes() for path in sorted(folder.iterdir())][:2000]
    kept: list[int] = []
    for turn in range(_ROUNDS):
        if turn == 2:
            tracemalloc.start()
        for data in inputs:
            TARGETS[name](data)
        gc.collect()
        if turn >= 2:
            kept.append(tracemalloc.get_traced_memory()[0])
    growth = kept[-1] - kept[0]
    sys.stdout.write(f"{len(inputs)} inputs, {growth} octets kept\n")
    return 0 if growth <= _TOLERATED else 1


if __name__ == "__main__":
    target, place, *rest = sys.argv[1:]
    if rest == ["replay"]:
        sys.exit(replay(target, Path(place)))
    fuzz(target, [place, *rest])
