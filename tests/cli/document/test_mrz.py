from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.documents.mrz import specimens

from gatehouse.cli.document.mrz import mrz
from gatehouse.kernel.errors import UnreadableError


def test_a_right_zone_is_0_and_one_json_document(tmp_path: Path) -> None:
    file = tmp_path / "passport.txt"
    file.write_text(specimens.TD3)
    result = CliRunner().invoke(mrz, [str(file), "--json"], standalone_mode=False)
    assert result.return_value == 0
    assert json.loads(result.stdout)["checks"] == {
        "document_number": True,
        "birth_date": True,
        "expiry_date": True,
        "optional_data": True,
        "composite": True,
    }


def test_a_wrong_check_digit_is_1_and_named() -> None:
    wrong = CliRunner().invoke(mrz, [], input=specimens.TD1.replace("7408122", "7408123"), standalone_mode=False)
    assert wrong.return_value == 1
    assert "check of birth date: wrong" in wrong.stdout
    assert "check of document number: right" in wrong.stdout
    assert "result: a check digit is wrong" in wrong.stdout


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\x01", b"\n", specimens.TD3.lower().encode()])
def test_what_is_no_zone_is_unreadable(data: bytes) -> None:
    result = CliRunner().invoke(mrz, [], input=data, standalone_mode=False)
    assert isinstance(result.exception, UnreadableError)


def test_the_command_ends_with_2_and_one_line() -> None:
    command = [sys.executable, "-m", "gatehouse", "document", "mrz"]
    done = subprocess.run(command, input="PASSPORT\n", capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "gatehouse: lines of 8 characters are no machine readable zone, which has 3 of 30, 2 of 36 or 2 of 44\n"
    )
