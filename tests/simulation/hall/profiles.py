"""The reference agency with two desks for each line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from gatehouse.platform.profile import SHIPPED, Profile


def few_desks(folder: Path) -> Profile:
    for name in ("agency.yaml", "simulation.yaml"):
        shutil.copy(SHIPPED / "tw" / name, folder)
    plan = (SHIPPED / "tw" / "hall.yaml").read_text()
    (folder / "hall.yaml").write_text(re.sub(r"desks: \d+", "desks: 2", plan))
    return Profile(folder)
