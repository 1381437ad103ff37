"""Reading the settings of a program away from the centre: TOML, checked whole before any of it is used."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from gatehouse.kernel.errors import UnreadableError

Settings = TypeVar("Settings", bound=BaseModel)


def settings_in(file: Path, schema: type[Settings]) -> Settings:
    """Raises `UnreadableError` with the line or value that is wrong."""
    try:
        return schema.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=str(file), cause=error.strerror) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableError("%(name)s is no TOML: %(cause)s", name=str(file), cause=str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        cause = first["msg"].removeprefix("Value error, ")
        raise UnreadableError("%(name)s: %(place)s: %(cause)s", name=str(file), place=place, cause=cause) from error
