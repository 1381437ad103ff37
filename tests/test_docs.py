"""What the documentation says is so: its commands, settings and permissions are those of the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gatehouse.platform.config import Config
from gatehouse.platform.permissions import DEVICE_PERMISSIONS, PERMISSIONS, PURPOSES, Role

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-Hant.md")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_the_readme_is_short(name: str) -> None:
    assert 50 <= len(text(name).splitlines()) <= 90


def test_both_readmes_show_the_same_commands() -> None:
    command = re.compile(r"^    ((?:make|gatehouse|export|source|printf) ?[^#\n]*?) *(?:#.*)?$", re.M)
    shown = [command.findall(text(name)) for name in READMES]
    assert shown[0] == shown[1]
    assert len(shown[0]) >= 10


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_each_make_target_that_is_named_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.M))
    named = set(re.findall(r"\bmake ([a-z-]+)\b", text(name)))
    assert named
    assert named <= targets


def test_each_setting_is_written_down_and_nothing_else() -> None:
    written = set(re.findall(r"^\| `([A-Z_]+)` \|", text("docs/settings.md"), re.M))
    assert written == {
        "DATABASE_URL" if name == "database_url" else f"GATEHOUSE_{name.upper()}" for name in Config.model_fields
    }


def test_each_permission_is_written_down_with_its_roles() -> None:
    rows = re.findall(r"^\| `([a-z_.]+)` \| (.+?) \|", text("docs/permissions.md"), re.M)
    said = {name: {role.strip() for role in roles.split(",")} for name, roles in rows}
    assert said == {
        **{name: {role.value for role in roles} for name, roles in PERMISSIONS.items()},
        **{name: {"device"} for name in DEVICE_PERMISSIONS},
        **{purpose.value: {role.value for role in roles} for purpose, roles in PURPOSES.items()},
    }
    assert {role for roles in said.values() for role in roles} <= {role.value for role in Role} | {"device"}


def test_no_lock_names_a_download_address() -> None:
    locks = [*(ROOT / "requirements").glob("*.txt"), *(ROOT / "frontend").glob("package-lock.json")]
    assert len(locks) == 4
    for lock in locks:
        content = lock.read_text()
        assert "://" not in re.sub(r'"(?:url|funding)": "[^"]*"', "", content), lock.name
        assert lock.suffix == ".json" or "--hash=sha256:" in content
