"""A report of the size and shape of a real one: five levels, two tables, about a hundred figures of every kind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from gatehouse.kernel.figure import Computed, Declared, Documented, Evidence, Figure
from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.assembling import sections_of
from gatehouse.performance.domain.book import Book, Entry, RecordLine, Value, book
from gatehouse.performance.domain.narrative import references
from gatehouse.performance.domain.report import Difference, Erratum, FigureRun, Report, State
from gatehouse.performance.rendering.manner import Manner

AT = datetime(2024, 2, 1, 8, 30, 0, 123456, tzinfo=UTC)
YEAR = (date(2023, 1, 1), date(2023, 12, 31))
MANNER = Manner("zh-hant", "zh-Hant-TW", roc=True, zone=ZoneInfo("Asia/Taipei"))

_COMPUTED = Computed("spent / allocated", 1, {"plan": "building", "measure": "payments"}, YEAR, AT, "ab" * 32, 12)
_DOCUMENTED = Documented("a list of agreements", "cd" * 32, 3, ("user:chen", "user:lin"))
_DECLARED = Declared("the agency", date(2024, 1, 15))

#: Figures by id: name, value, unit, evidence. Every other id of the text is a count of 7.
_FIGURES: dict[str, tuple[str, Value, str, Evidence]] = {
    "building.rate": ("預算執行率", Decimal(217) / Decimal(91378) * 100, "%", _COMPUTED),
    "building.allocated": ("年度預算", 91_378_000, "TWD", _DECLARED),
    "building.spent": ("實際執行", 217_000, "TWD", _COMPUTED),
    "building.award": ("決標金額", 339_990_000, "TWD", _DOCUMENTED),
    "building.awarded": ("決標日", date(2023, 8, 14), "", _DOCUMENTED),
    "building.target": ("目標值", Decimal(10), "% of the plan's weight", _DECLARED),
    "gates.available": ("自動通關系統可用率", Decimal("99.886"), "% of agreed service time", _COMPUTED),
    "gates.target": ("目標值", Decimal("99.88"), "% of agreed service time", _DECLARED),
    "gates.achieved": ("達成率", Decimal(100), "% of target", _COMPUTED),
    "stays.found": ("查處逾期停留人數", 21_932, "people", _COMPUTED),
}

NARRATIVE = Path(__file__).with_name("narrative.txt").read_text(encoding="utf-8")
_RESULT = (
    "({numeral}) 第{numeral}項推動成果：本署持續結合相關機關推動各項措施，經統計完成{{more.{n}{m}a}}件、"
    "輔導{{more.{n}{m}b}}人次、召開會議{{more.{n}{m}c}}場，並於年度內完成系統測試、操作手冊及強化措施報告，"
    "兼顧實用與便民，有效提升服務品質。\n"
)
#: As long as a real report, with about a hundred figures: three more chapters of ten paragraphs.
LONG = NARRATIVE + "".join(
    f"{chapter}、第{chapter}類具體事蹟：\n"
    + "".join(_RESULT.format(numeral=numeral, n=n, m=m) for m, numeral in enumerate("一二三四五六七八九十"))
    for n, chapter in enumerate("二三四")
)


def entry(id: str) -> Entry:
    name, value, unit, evidence = _FIGURES.get(id, ("件數", 7, "cases", _COMPUTED))
    paid = RecordLine("p-1", {"zh-hant": "第一期付款", "en": "a payment"}, "217,000", "付款憑單")
    return Entry(
        id=id,
        name={"zh-hant": name, "en": id},
        figure=Figure(id, value, unit, {"year": "112"}, evidence),
        definition={"zh-hant": f"{name}之定義", "en": "how it is counted"},
        records=(paid,) if id == "building.spent" else (),
        target=Decimal("99.95") if id == "gates.available" else None,
        notes=(Reason("measured on %(what)s", what="other equipment"),) if id == "gates.available" else (),
        parts=("building.spent", "building.allocated") if id == "building.rate" else (),
    )


def book_of(text: str) -> Book:
    return book(112, [entry(id) for id in dict.fromkeys(each.id for each in references(text))])


def report(text: str = NARRATIVE, *, state: State = State.PUBLISHED, without: tuple[str, ...] = ()) -> Report:
    """A report of the narrative with everything a report can have; `without` are figures that have no value."""
    kept = Book(112, {id: each for id, each in book_of(text).entries.items() if id not in without})
    sections = sections_of((text,), kept, before={("building.spent", "thousands"): "218"})
    named = [run.figure for section in sections for run in section.runs() if isinstance(run, FigureRun)]
    return Report(
        year=112,
        agency="內政部移民署",
        title="內政部移民署112年度施政績效報告",
        state=state,
        edition=2,
        as_of=AT,
        sections=sections,
        evidence={id: kept[id] for id in dict.fromkeys(named) if id in kept.entries},
        errata=(Erratum("building.spent", "實際執行", "218", "217", "付款日更正", date(2024, 1, 31)),),
        differences=(Difference("building.rate", "預算執行率", "2.37%", "0.24%", "他處刊布之小數點誤植"),),
    )
