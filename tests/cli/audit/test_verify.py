"""`gatehouse audit verify` as an auditor calls it: exit codes, the JSON, and no Django."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gatehouse.cli import main
from tests.audit.logs import KEY, leaves, log_of, signed

LEAVES = leaves(20)

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A log, and a folder with its checkpoint and key."""
    (tmp_path / "log.jsonl").write_bytes(b"".join(log_of(LEAVES)))
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "checkpoint").write_text(signed(LEAVES, 20))
    (folder / "audit.vkey").write_text(f"{KEY.verifier}\n")
    return tmp_path


def run(capsys: Captured, *arguments: object) -> tuple[Any, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["audit", "verify", *map(str, arguments)])
    printed = capsys.readouterr()
    return left.value.code, printed.out, printed.err


def test_a_log_that_holds(kept: Path, capsys: Captured) -> None:
    code, out, _ = run(capsys, "--log", kept / "log.jsonl", "--checkpoint", kept / "kept/checkpoint", "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["ok"], found["size"], found["first_bad"]) == (True, 20, None)
    assert found["root"] == "bbf392ff556f7ed9e2e34b929b2b9d6e11ac7054d73358da5c4433003dfc716c"  # by pymerkle
    assert found["signature"]["result"] == "successful"


def test_a_deleted_entry_is_named(kept: Path, capsys: Captured) -> None:
    log = kept / "log.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:4] + lines[5:]))
    code, out, _ = run(capsys, "--log", log, "--checkpoint", kept / "kept/checkpoint", "--json")
    assert code == 1
    assert json.loads(out)["first_bad"] == {
        "index": 4,
        "reason": "entry 5 stands here: the entry before it was deleted or moved",
    }


def test_a_day_of_checkpoints_narrows_a_fork(kept: Path, capsys: Captured) -> None:
    (kept / "kept/2026-11-22.jsonl").write_text("".join(json.dumps(signed(LEAVES, n)) + "\n" for n in (5, 10, 15)))
    forked = [*LEAVES[:7], b"{}", *LEAVES[8:]]
    (kept / "log.jsonl").write_bytes(b"".join(log_of(forked)))
    code, out, _ = run(capsys, "--log", kept / "log.jsonl", "--checkpoint", kept / "kept")
    assert code == 1
    assert out.startswith("first bad entry: 5: the tree differs from the checkpoint signed for 10 entries")


def test_the_key_may_be_given_by_itself(kept: Path, capsys: Captured) -> None:
    (kept / "kept/audit.vkey").unlink()
    arguments = ("--log", kept / "log.jsonl", "--checkpoint", kept / "kept/checkpoint")
    assert "signature undetermined" in run(capsys, *arguments)[1]
    assert "signature successful" in run(capsys, *arguments, "--key", str(KEY.verifier))[1]


@pytest.mark.parametrize("content", [b"", b"text\n", b"\xff\xfe", b"x" * 17_000_000, b'"a"\n{}\n'])
@pytest.mark.parametrize("which", ["log.jsonl", "kept/checkpoint", "kept/audit.vkey"])
def test_what_cannot_be_read_is_one_line(kept: Path, capsys: Captured, which: str, content: bytes) -> None:
    (kept / which).write_bytes(content)
    code, out, error = run(capsys, "--log", kept / "log.jsonl", "--checkpoint", kept / "kept/checkpoint", "--json")
    assert (code, out) == (2, "")
    assert error.startswith("gatehouse: ")
    assert error.count("\n") == 1


def test_an_auditor_needs_no_django(kept: Path) -> None:
    script = (
        "import sys; from gatehouse.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: assert not [name for name in sys.modules if name.split('.')[0] in ('django', 'psycopg')]"
    )
    log, checkpoint = str(kept / "log.jsonl"), str(kept / "kept/checkpoint")
    arguments = ["audit", "verify", "--log", log, "--checkpoint", checkpoint]
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_database_that_cannot_be_reached_is_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gatehouse", "audit", "verify"],
        capture_output=True,
        text=True,
        check=False,
        env={
            "PYTHONPATH": "src",
            "PATH": "/usr/bin:/bin",
            "GATEHOUSE_MODE": "demo",
            "GATEHOUSE_STATE": str(tmp_path),
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        },
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("gatehouse: the database: ")
