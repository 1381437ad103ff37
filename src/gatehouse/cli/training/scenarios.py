"""`gatehouse training list`, `load` and `debrief`: what people learn on, and what is said of it."""

from __future__ import annotations

from typing import Any

import click

from gatehouse.cli.command import ANYONE, OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show

_LANGUAGES = click.Choice(["en", "zh-hant"])
_language = click.option(
    "--language", type=_LANGUAGES, default="zh-hant", show_default=True, help="In which language the trainee is told."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
#: By whether a step was done: yes, no, not yet.
_SAID = {
    "en": {True: "done", False: "NOT DONE", None: "not yet"},
    "zh-hant": {True: "已完成", False: "未依規定", None: "尚未進行"},
}
_ORDINARY = {"en": "ordinary traveller", "zh-hant": "一般旅客"}


@click.command(
    "list",
    cls=Command,
    permission=ANYONE,
    example="gatehouse training list --language en",
    help="The scenarios that there are.",
)
@_language
@_json
def listing(*, language: str, as_json: bool) -> None:
    from gatehouse.simulation.training.scenarios import book

    found = [{"id": each.id, "title": each.title[language]} for each in book().scenarios]
    lines = [f"{each['id']:<18} {each['title']}" for each in found]
    show({"scenarios": found}, "\n".join(lines), as_json=as_json)


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="GATEHOUSE_MODE=training gatehouse training load lookalike",
    help="Put a scenario in line for the console, in the place of the last one. Only in training.",
)
@click.argument("scenario")
@_language
@_json
def load(scenario: str, *, language: str, as_json: bool) -> None:
    from gatehouse.platform.training import require_training
    from gatehouse.simulation.training.scenarios import scenario_named

    require_training()
    named = scenario_named(scenario)
    with open_store():
        from gatehouse.kernel.clock import SystemClock
        from gatehouse.platform.actors import Actor
        from gatehouse.simulation.accounts import accounts_create
        from gatehouse.simulation.training.loading import scenario_load

        accounts_create()
        loaded = scenario_load(named, clock=SystemClock(), supervisor=Actor.system("training"))
    found = {
        "scenario": named.id,
        "title": named.title[language],
        "brief": named.brief[language],
        "port": loaded.port,
        "direction": loaded.direction.value,
        "waiting": len(loaded.line),
    }
    said = [
        named.title[language],
        named.brief[language],
        f"{loaded.port} {loaded.direction.value} ({len(loaded.line)})",
    ]
    show(found, "\n".join(said), as_json=as_json)


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="GATEHOUSE_MODE=training gatehouse training debrief --language en",
    help="Compare what was done in the last scenario with what was to be done. Exit code 1 where they differ.",
)
@_language
@_json
def debrief(*, language: str, as_json: bool) -> int:
    from gatehouse.platform.training import require_training

    require_training()
    with open_store():
        from gatehouse.kernel.clock import SystemClock
        from gatehouse.platform.actors import Actor
        from gatehouse.simulation.training.debriefing import debrief as compared
        from gatehouse.simulation.training.loading import loaded_last
        from gatehouse.simulation.training.scenarios import scenario_named

        loaded = loaded_last()
        title = scenario_named(loaded.scenario).title[language]
        line = compared(loaded, clock=SystemClock(), reader=Actor.system("training"))
    ok = all(judged.done for each in line for judged in each.steps)
    people: list[dict[str, Any]] = [
        {
            "document": f"{each.coming.issuer} {each.coming.number}",
            "case": each.coming.is_case,
            "decisions": [taken.kind.value for taken in each.view.decisions] if each.view else None,
            "steps": [{"asked": judged.step.text[language], "done": judged.done} for judged in each.steps],
        }
        for each in line
    ]
    said = []
    for person in people:
        said += ["", f"{person['document']}  {title if person['case'] else _ORDINARY[language]}"]
        said += [f"  [{_SAID[language][step['done']]}] {step['asked']}" for step in person["steps"]]
    show({"scenario": loaded.scenario, "ok": ok, "people": people}, "\n".join(said[1:]), as_json=as_json)
    return 0 if ok else 1
