"""An agency is a profile: a folder of YAML and CSV that names what the engine does not know.

Each file is validated against a schema that the room which uses it gives; each row says its source.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.config import AgencySettings

SHIPPED = Path(__file__).resolve().parents[1] / "profiles"
Schema = TypeVar("Schema")


class Row(BaseModel):
    """The base of all reference data: unknown fields are an error, so that a typing slip is found when it is loaded."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Agency(Row):
    """Who runs this installation."""

    name: dict[str, str]
    short_name: dict[str, str]
    #: ICAO 9303-3 three-letter code of the state whose border this is.
    state: str
    time_zone: str
    languages: tuple[str, ...]
    #: "roc" prints years of the Republic of China in Chinese; "gregorian" elsewhere.
    calendar: str = "gregorian"

    def day(self, moment: datetime) -> date:
        """The day that a moment falls on where the agency is."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()


class Profile:
    """A folder of reference data."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "agency.yaml").is_file():
            raise UnreadableError("there is no profile at %(folder)s", folder=str(folder))
        self.folder = folder
        self._read: dict[tuple[str, Any], Any] = {}

    @property
    def agency(self) -> Agency:
        return self.read("agency.yaml", Agency)

    def read(self, name: str, schema: type[Schema]) -> Schema:
        """One file of the profile as `schema` (a model, or `tuple[Model, ...]` for rows); read once.

        Raises `UnreadableError` with the file, the place in it and what is wrong.
        """
        if (name, schema) not in self._read:
            self._read[name, schema] = validated(self.folder / name, schema)
        found: Schema = self._read[name, schema]
        return found


def validated(path: Path, schema: type[Schema]) -> Schema:
    """A file of reference data or records as `schema`.

    Raises `UnreadableError` with the file, the place in it and what is wrong.
    """
    try:
        return TypeAdapter(schema).validate_python(_data(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        if not place:
            raise UnreadableError("%(path)s: %(cause)s", path=str(path), cause=first["msg"]) from error
        raise UnreadableError(
            "%(path)s: %(place)s: %(cause)s", path=str(path), place=place, cause=first["msg"]
        ) from error
    except RecursionError as error:
        raise UnreadableError("%(path)s: it is nested too deeply", path=str(path)) from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise UnreadableError("%(path)s: %(cause)s", path=str(path), cause=" ".join(str(error).split())) from error


class _Loader(yaml.SafeLoader):
    """Leaves dates as text: the schema reads them, and names the place of one that there is not."""


_LEFT = "tag:yaml.org,2002:timestamp"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _LEFT]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _data(path: Path) -> Any:
    if path.suffix == ".csv":
        with path.open(newline="", encoding="utf-8") as stream:
            return [{key: value or None for key, value in row.items()} for row in csv.DictReader(stream)]
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  a SafeLoader with fewer types


@cache
def profile() -> Profile:
    """The profile that the settings name."""
    name = AgencySettings().profile
    return Profile(SHIPPED / name if (SHIPPED / name).is_dir() else Path(name).absolute())
