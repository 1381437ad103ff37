from __future__ import annotations

from pathlib import Path

import pytest

from gatehouse.device.desk_ticket import AGENT_PORT
from gatehouse.kernel.errors import UnreadableError
from gatehouse.workstations.settings import Settings


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "desk.toml"
    file.write_text(text)
    return file


def test_every_value_has_a_default_with_which_simulated_devices_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEHOUSE_STATE", "/srv/state")
    found = Settings.load(None)
    assert (found.port, found.pairing) == (AGENT_PORT, Path("/srv/state/desk.json"))
    assert [driver.name for driver in found.drivers] == ["simulated"]
    assert found.telemetry.spool is None


def test_a_file_says_what_differs(tmp_path: Path) -> None:
    text = """
        port = 9000
        origins = ["https://border.example"]
        [reading]
        files = ["SOD", "DG1"]
        [[drivers]]
        name = "pcsc"
        options = { readers = ["ACS"] }
    """
    found = Settings.load(written(tmp_path, text))
    assert (found.port, found.origins, found.reading.files) == (9000, ("https://border.example",), ("SOD", "DG1"))
    assert (found.drivers[0].name, found.drivers[0].options) == ("pcsc", {"readers": ["ACS"]})
    assert found.reading.kept_s == 60


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("port = 70000", "port: Input should be less than or equal to 65535"),
        ("prot = 8000", "prot: Extra inputs are not permitted"),
        ('origins = ["border.example"]', "origins.0: String should match pattern"),
        ('origins = ["https://border.example/"]', "origins.0: String should match pattern"),
        ('[reading]\nfiles = ["DG99"]', "reading.files: DG99 is no file of a travel document"),
        ("[reading]\nlongest_s = 0", "reading.longest_s: Input should be greater than 0"),
        ("port = ", "is no TOML: Invalid value"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(tmp_path: Path, text: str, said: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(UnreadableError) as error:
        Settings.load(file)
    assert str(error.value).startswith(f"{file}")
    assert said in str(error.value)


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be read: No such file or directory"):
        Settings.load(tmp_path / "none.toml")
