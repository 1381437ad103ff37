from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from gatehouse.kernel.errors import (
    ConflictError,
    ForbiddenError,
    GatehouseError,
    NotFoundError,
    RefusedError,
    UnreadableError,
)
from gatehouse.platform.profile import Row
from gatehouse.platform.records import Records, load


class Counted(Row):
    port: str
    count: int
    note: str = ""


def read(path: Path, text: str | bytes) -> list[Counted]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(Records(path, Counted))


@pytest.mark.parametrize(
    "text",
    [
        "port,count,note\nTPE,1,\nKHH,2,b\n",
        "\ufeff# what it is\r\nport,count,note\r\n\r\nTPE,1,\r\n# between\r\nKHH,2,b",
        'count , note,port\n1,,TPE\n2, b ,"KHH"\n',
    ],
)
def test_rows_however_they_are_written(tmp_path: Path, text: str) -> None:
    assert read(tmp_path / "a.csv", text) == [Counted(port="TPE", count=1), Counted(port="KHH", count=2, note="b")]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("# nothing\n\n", "is empty"),
        ("port,count\nTPE,1\n# x\nKHH,two\n", "line 4: count: Input should be a valid integer"),
        ("port,count\nTPE\n", "line 2: it has 1 fields of 2"),
        ("port,count,other\nTPE,1,x\n", "line 2: other: Extra inputs"),
        ("port,count\nTPE,\n", "line 2: count: Field required"),
        ('port,count\n"TPE"x,1\n', "line 2: "),
        (b"port,count\n\xff,1\n", "cannot be read: "),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str | bytes, cause: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read(tmp_path / "a.csv", text)
    assert str(raised.value).startswith(str(tmp_path / "a.csv"))
    assert cause in str(raised.value)


@pytest.mark.parametrize(
    ("raised", "shown"),
    [
        (RefusedError("no"), UnreadableError),
        (NotFoundError("no"), UnreadableError),
        (ConflictError("no"), ConflictError),
    ],
)
def test_what_a_service_refuses_is_named_with_the_line_it_had_come_to(
    tmp_path: Path, raised: GatehouseError, shown: type[GatehouseError]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("port,count\nTPE,1\nKHH,2\nTSA,3\n")

    def record(rows: Iterable[Counted]) -> int:
        for row in rows:
            if row.port == "KHH":
                raise raised
        return 3

    with pytest.raises(shown) as found:
        load(path, Counted, record)
    assert str(found.value) == f"{path}: line 3: no"


def test_no_file_is_no_row_and_who_may_not_is_told_as_always(tmp_path: Path) -> None:
    def forbid(rows: Iterable[Counted]) -> int:
        raise ForbiddenError("you may not")

    assert load(tmp_path / "a.csv", Counted, forbid) == 0
    (tmp_path / "a.csv").write_text("port,count\nTPE,1\n")
    assert load(tmp_path / "a.csv", Counted, lambda rows: len(list(rows))) == 1
    with pytest.raises(ForbiddenError, match=r"^you may not$"):
        load(tmp_path / "a.csv", Counted, forbid)
