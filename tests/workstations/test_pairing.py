from __future__ import annotations

from pathlib import Path

import pytest

from gatehouse.device.desk_ticket import key_of_token
from gatehouse.kernel.errors import UnreadableError
from gatehouse.workstations.pairing import Pairing


def written(tmp_path: Path, text: str, mode: int = 0o600) -> Path:
    file = tmp_path / "desk.json"
    file.write_text(text)
    file.chmod(mode)
    return file


def test_a_desk_is_what_its_registration_printed(tmp_path: Path) -> None:
    file = written(tmp_path, '{"device": "TPE-A12", "port": "TPE", "token": "secret"}')
    assert Pairing.load(file) == Pairing("TPE-A12", key_of_token("secret"), "secret")
    assert "secret" not in repr(Pairing.load(file))


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = written(tmp_path, '{"device": "TPE-A12", "port": "TPE", "token": "secret"}', mode)
    with pytest.raises(UnreadableError, match="can be read by others: chmod 600"):
        Pairing.load(file)


@pytest.mark.parametrize("text", ["", "secret", '{"device": "TPE-A12"}', "[]"])
def test_another_file_is_one_clear_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableError, match="is not what gatehouse device register --json prints"):
        Pairing.load(written(tmp_path, text))


def test_a_desk_that_was_never_registered_is_told_how(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="No such file or directory; gatehouse device register makes it"):
        Pairing.load(tmp_path / "desk.json")
