"""Settings in TOML: one error that names the file and the place, and nothing half read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pytest
from pydantic import BaseModel, ConfigDict, Field, field_validator

from gatehouse.device.settings_file import settings_in
from gatehouse.kernel.errors import UnreadableError


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    port: Annotated[int, Field(le=65535)] = 1

    @field_validator("port")
    @classmethod
    def _odd(cls, given: int) -> int:
        if given % 2 == 0:
            raise ValueError("a port is odd here")
        return given


class Whole(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = "x"
    part: Part = Part()


def test_an_empty_file_is_every_default(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text("")
    assert settings_in(file, Whole) == Whole(name="x", part=Part(port=1))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = 3", r": name: Input should be a valid string$"),
        ("[part]\nport = 70001", r": part\.port: Input should be less than or equal to 65535$"),
        ("[part]\nport = 2", r": part\.port: a port is odd here$"),
        ("colour = 1", r": colour: Extra inputs are not permitted$"),
        ("name = ", r" is no TOML: "),
    ],
)
def test_what_is_wrong_is_named(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text(text)
    with pytest.raises(UnreadableError, match=rf"^{file}{said}"):
        settings_in(file, Whole)


def test_a_file_that_is_no_text_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableError, match="is no TOML"):
        settings_in(tmp_path / "a.toml", Whole)
    with pytest.raises(UnreadableError, match="cannot be read: No such file or directory"):
        settings_in(tmp_path / "b.toml", Whole)
