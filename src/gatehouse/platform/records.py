"""Records in files of CSV: read row by row, validated against a schema, each mistake named with its file and line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from gatehouse.kernel.errors import ConflictError, NotFoundError, RefusedError, UnreadableError
from gatehouse.platform.profile import Row

Schema = TypeVar("Schema", bound=Row)


class Records(Generic[Schema]):
    """The rows of a file. Lines that begin with # are left out; an empty cell is a field that is not given.

    `line` is the one that was read last. Raises `UnreadableError` that names the file, the line, the column and what is
    wrong.
    """

    def __init__(self, path: Path, schema: type[Schema]) -> None:
        self.path, self.schema, self.line = path, schema, 0

    def __iter__(self) -> Iterator[Schema]:
        numbered = self._lines()
        cells = csv.reader((line for _, line in numbered), strict=True)
        try:
            names = next(cells, [])
            for row in cells:
                self.line = numbered[cells.line_num - 1][0]
                if len(row) != len(names):
                    raise UnreadableError("it has %(found)d fields of %(named)d", found=len(row), named=len(names))
                given = {name.strip(): cell.strip() for name, cell in zip(names, row, strict=True) if cell.strip()}
                yield self.schema.model_validate(given)
        except ValidationError as error:
            first = error.errors()[0]
            raise self.wrong(": ".join((".".join(map(str, first["loc"])), first["msg"]))) from error
        except csv.Error as error:
            self.line = numbered[cells.line_num - 1][0]
            raise self.wrong(str(error)) from error
        except UnreadableError as error:
            raise self.wrong(error.reason) from error

    def wrong(self, cause: object) -> UnreadableError:
        """The error of the line that was read last."""
        return UnreadableError("%(path)s: line %(line)d: %(cause)s", path=str(self.path), line=self.line, cause=cause)

    def _lines(self) -> list[tuple[int, str]]:
        try:
            lines = self.path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableError(
                "%(path)s cannot be read: %(cause)s", path=str(self.path), cause=str(error)
            ) from error
        found = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
        if not found:
            raise UnreadableError("%(path)s is empty", path=str(self.path))
        return found


def load(path: Path, schema: type[Schema], record: Callable[[Iterable[Schema]], int]) -> int:
    """Give the rows of a file to a service that takes one after the other, and what it gave; 0 where there is no file.

    What the service refuses is named with the file and the line it had come to: `UnreadableError`, or `ConflictError`
    where something else is on record.
    """
    if not path.exists():
        return 0
    rows = Records(path, schema)
    try:
        return record(rows)
    except (RefusedError, NotFoundError) as error:
        raise rows.wrong(error.reason) from error
    except ConflictError as error:
        raise ConflictError("%(path)s: line %(line)d: %(cause)s", **rows.wrong(error.reason).reason.parts) from error
