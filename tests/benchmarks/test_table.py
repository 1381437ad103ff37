import pytest
from benchmarks.__main__ import main, names
from benchmarks.table import Row, machine, written


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    text = written([Row("MRZ read", "100/s", "peer: 10/s", "10 times"), Row("short", "1/s")])
    assert text.splitlines() == [
        machine(),
        "",
        "what      figure  beside      ratio     aim",
        "--------  ------  ----------  --------  ---",
        "MRZ read  100/s   peer: 10/s  10 times",
        "short     1/s",
    ]


def test_the_machine_is_named_with_its_cores_and_python() -> None:
    assert " cores, CPython 3." in machine()


def test_helpers_are_no_benchmarks() -> None:
    assert {"mrz", "report"} <= set(names())
    assert not {"__main__", "table", "timing"} & set(names())


def test_an_unknown_benchmark_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SystemExit, match=r"^no benchmark guess; there are .*mrz"):
        main(["guess"])
