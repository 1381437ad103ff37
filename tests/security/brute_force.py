"""The plainest reading of a rule: one event after the other, one value after the other. Slow, and shares no code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml


def holds(detection: dict[str, Any], event: dict[str, Any]) -> bool:
    """Whether a detection of texts, numbers, null and booleans is true of an event."""
    parts = {name: _part(part, event) for name, part in detection.items() if name != "condition"}

    def quantified(found: re.Match[str]) -> str:
        wanted = "" if found[2] == "them" else found[2].rstrip("*")
        chosen = [parts[name] for name in parts if name.startswith(wanted)]
        return str(any(chosen) if found[1] == "1" else all(chosen))

    condition = re.sub(r"(1|all) of (\w+\*?)", quantified, detection["condition"])
    condition = re.sub(r"\b(one|two|three)\b", lambda found: str(parts[found[1]]), condition)
    return bool(eval(condition))


def _part(part: Any, event: dict[str, Any]) -> bool:
    if isinstance(part, list):
        return any(_part(each, event) for each in part)
    return all(_item(name, wanted, event) for name, wanted in part.items())


def _item(name: str, wanted: Any, event: dict[str, Any]) -> bool:
    field, _, modifier = name.partition("|")
    wants = wanted if isinstance(wanted, list) else [wanted]
    value = event.get(field)
    has = [each for each in (value if isinstance(value, list) else [value]) if each is not None]
    return any((not has) if want is None else any(_same(want, each, modifier) for each in has) for want in wants)


def _same(want: Any, has: Any, modifier: str) -> bool:
    text = {True: "true", False: "false"}[has] if isinstance(has, bool) else str(has)
    if isinstance(want, bool):
        return text.lower() == ("true" if want else "false")
    if isinstance(want, int):
        return text == str(want)
    body = "".join(_written(each) for each in re.findall(r"\\[*?\\]|.", want, re.DOTALL))
    body = {"contains": f".*{body}.*", "startswith": f"{body}.*", "endswith": f".*{body}"}.get(modifier, body)
    if modifier == "cased":
        return re.fullmatch(body, text, re.DOTALL) is not None
    if "?" in want:  # one character as it is written: folding makes two of some
        return re.fullmatch(body, text, re.DOTALL | re.IGNORECASE) is not None
    return re.fullmatch(body.casefold(), text.casefold(), re.DOTALL) is not None


def _written(token: str) -> str:
    return {"*": ".*", "?": "."}.get(token, re.escape(token[-1]))


def planted(folder: Path) -> dict[str, dict[str, Any]]:
    """For each rule that can be read so simply an event that it has to be true of, by the rule's id."""
    found = {}
    for path in sorted(folder.glob("*.yml")):
        rule = yaml.safe_load(path.read_text())
        detection = rule["detection"]
        wanted = _wanted(detection["condition"], detection)
        event: dict[str, Any] = {}
        for part in wanted:
            _plant(detection[part], event)
        found[rule["id"]] = event
    return found


def _wanted(condition: Any, detection: dict[str, Any]) -> list[str]:
    """The parts that have to be there: what follows "not" is left out, of an "or" the first is taken."""
    text = condition[0] if isinstance(condition, list) else condition
    text = re.sub(r"(and )?not (\([^)]*\)|(1|all) of \S+|\S+)", "", text)
    names: list[str] = []
    for term in re.split(r"\band\b", text.replace("(", " ").replace(")", " ")):
        first = re.split(r"\bor\b", term)[0].strip()
        found = re.fullmatch(r"(1|all|any) of (\S+)", first)
        if found is None:
            names += [first] if first in detection else []
            continue
        pattern = found[2].rstrip("*") if found[2] != "them" else ""
        members = [name for name in detection if name != "condition" and name.startswith(pattern)]
        names += members if found[1] == "all" else members[:1]
    return names


def _plant(part: Any, event: dict[str, Any]) -> None:
    if isinstance(part, list):
        if isinstance(part[0], dict):
            return _plant(part[0], event)
        event["message"] = f"{event.get('message', '')} {_example(part[0])}"
        return None
    for name, wanted in part.items():
        field, *modifiers = name.split("|")
        wants = wanted if isinstance(wanted, list) else [wanted]
        chosen = wants if "all" in modifiers else wants[:1]
        if not field:
            event["message"] = " ".join([event.get("message", ""), *map(_example, chosen)])
        elif "re" in modifiers or wants == [None]:
            continue
        else:
            _put(event, field, [each if not isinstance(each, str) else _example(each) for each in chosen])
    return None


def _put(event: dict[str, Any], field: str, values: list[Any]) -> None:
    value = values[0] if len(values) == 1 else values
    event[field] = value if field not in event else [event[field], value]


def _example(pattern: Any) -> str:
    return re.sub(r"\\([*?\\])", r"\1", str(pattern).replace("\\*", "\0").replace("*", "xx").replace("?", "x")).replace(
        "\0", "*"
    )
