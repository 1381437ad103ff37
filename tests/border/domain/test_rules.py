from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gatehouse.border.domain.rules import rules_of
from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.profile import SHIPPED, Profile


def test_a_profile_that_forgot_a_finding_is_not_loaded(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED / "tw", tmp_path / "tw"))
    proposals = folder / "proposals.yaml"
    lines = [line for line in proposals.read_text().splitlines() if "finding: exit_ban" not in line]
    proposals.write_text("\n".join(lines))
    with pytest.raises(UnreadableError, match=r"^profile: proposals\.yaml has no row for exit_ban$"):
        rules_of(Profile(folder))
