"""Loading Sigma rules from a folder: each file that cannot be used is told with its reason, and stops no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sigma.collection import SigmaCollection
from sigma.correlations import SigmaCorrelationRule
from sigma.exceptions import SigmaError
from sigma.rule import SigmaRule

from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Reason
from gatehouse.security.domain.compiling import condition_of
from gatehouse.security.domain.conditions import Condition
from gatehouse.security.domain.correlations import Correlation, correlation_of
from gatehouse.security.domain.expressions import POLICY

_SUFFIXES = (".yml", ".yaml")
#: The house's own rules, for misuse at a border.
OWN_RULES = Path(__file__).parents[1] / "rules"


@dataclass(frozen=True)
class Rule:
    """A rule over single events. `conditions`: one of them is enough."""

    id: str
    name: str
    title: str
    author: str
    level: str
    description: str
    falsepositives: tuple[str, ...]
    references: tuple[str, ...]
    logsource: dict[str, str]
    file: str
    conditions: tuple[Condition, ...]
    #: Counts for itself, and is not only a part of a correlation.
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Rejected:
    file: str
    reason: Reason


@dataclass(frozen=True)
class Ruleset:
    rules: tuple[Rule, ...]
    correlations: tuple[Correlation, ...]
    rejected: tuple[Rejected, ...]

    @property
    def loaded(self) -> int:
        return len(self.rules) + len(self.correlations)

    @property
    def found(self) -> int:
        """How many rules there were, the rejected ones included."""
        return self.loaded + len(self.rejected)

    def needles(self) -> dict[str, list[str]]:
        """By field the folded texts that rules look for within its values."""
        wanted: dict[str, dict[str, None]] = {}
        for rule in self.rules:
            for condition in rule.conditions:
                for field, needle in condition.needles():
                    wanted.setdefault(field, {})[needle] = None
        return {field: list(needles) for field, needles in wanted.items()}


def load_rules(folder: Path) -> Ruleset:
    """The rules of a folder and those below it (`*.yml`, `*.yaml`), or of one file. Raises `UnreadableError`."""
    files = [folder] if folder.is_file() else sorted(_files(folder))
    if not files:
        raise UnreadableError("there are no rules (*.yml) in %(folder)s", folder=str(folder))
    root = folder if folder.is_dir() else folder.parent
    return read_rules((str(path.relative_to(root)), path.read_bytes()) for path in files)


def read_rules(files: Iterable[tuple[str, bytes]]) -> Ruleset:
    """The rules of files, each by name and content. References and filters reach over all of them."""
    rejected: list[Rejected] = []
    collections: list[SigmaCollection] = []
    names: dict[int, str] = {}
    for file, content in files:
        collection = _parsed(file, content, rejected)
        if collection is not None:
            collections.append(collection)
            names.update({id(rule): file for rule in collection.rules})
    merged = _resolved(collections, names, rejected)
    rules: dict[int, Rule] = {}
    for parsed in merged:
        if isinstance(parsed, SigmaRule):
            try:
                rules[id(parsed)] = _rule(parsed, names.get(id(parsed), ""))
            except (SigmaError, UnreadableError) as error:
                rejected.append(Rejected(names.get(id(parsed), ""), _reason(error)))
    correlations = []
    for parsed in merged:
        if isinstance(parsed, SigmaCorrelationRule):
            try:
                correlations.append(correlation_of(parsed, {key: rule.id for key, rule in rules.items()}))
            except (SigmaError, UnreadableError) as error:
                rejected.append(Rejected(names.get(id(parsed), ""), _reason(error)))
    return Ruleset(tuple(rules.values()), tuple(correlations), tuple(rejected))


def _files(folder: Path) -> Iterator[Path]:
    try:
        yield from (path for path in folder.rglob("*") if path.suffix in _SUFFIXES and path.is_file())
    except OSError as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=str(folder), cause=str(error)) from error


def _parsed(file: str, content: bytes, rejected: list[Rejected]) -> SigmaCollection | None:
    """What a file holds; what of it cannot be used goes to `rejected`."""
    try:
        documents = list(yaml.load_all(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
        if not documents or not all(isinstance(each, dict) for each in documents):
            raise UnreadableError("it is no rule")
        collection = SigmaCollection.from_dicts(
            documents, collect_errors=True, collect_filters=True, resolve_references=False, policy=POLICY
        )
    except (yaml.YAMLError, SigmaError, UnreadableError, UnicodeDecodeError, RecursionError) as error:
        rejected.append(Rejected(file, _reason(error)))
        return None
    except (AttributeError, KeyError, TypeError, ValueError) as error:  # of a shape that pySigma did not expect
        rejected.append(Rejected(file, Reason("it has not the shape of a rule: %(cause)s", cause=str(error))))
        return None
    broken = [rule for rule in (*collection.rules, *collection.filters) if rule.errors]
    told = {id(error) for rule in broken for error in rule.errors}
    first = [*(rule.errors[0] for rule in broken), *(each for each in collection.errors if id(each) not in told)]
    rejected += [Rejected(file, _reason(error)) for error in first]
    collection.rules = [rule for rule in collection.rules if not rule.errors]
    collection.filters = [each for each in collection.filters if not each.errors]
    return collection


def _resolved(
    collections: list[SigmaCollection], names: dict[int, str], rejected: list[Rejected]
) -> list[SigmaRule | SigmaCorrelationRule]:
    """All rules, with references resolved and filters applied. A correlation of rules that are not there is told."""
    merged = SigmaCollection.merge(collections, resolve_references=False)
    for position, rule in enumerate(merged.rules):  # filters make copies: they keep the name of their file
        names.setdefault(id(rule), names.get(id(_before(collections, position)), ""))
    usable: list[SigmaRule | SigmaCorrelationRule] = []
    for rule in merged.rules:
        if isinstance(rule, SigmaCorrelationRule):
            try:
                rule.resolve_rule_references(merged)
            except SigmaError as error:
                rejected.append(Rejected(names.get(id(rule), ""), _reason(error)))
                continue
        usable.append(rule)
    return usable


def _before(collections: list[SigmaCollection], position: int) -> object:
    every = [rule for collection in collections for rule in collection.rules]
    return every[position] if position < len(every) else None


def _rule(parsed: SigmaRule, file: str) -> Rule:
    conditions = tuple(condition_of(each.parsed) for each in parsed.detection.parsed_condition)
    if not conditions:
        raise UnreadableError("its condition is empty")
    source = parsed.logsource
    named = {"product": source.product, "category": source.category, "service": source.service}
    return Rule(
        id=str(parsed.id or parsed.name or f"{file}: {parsed.title}"),
        name=parsed.name or "",
        title=parsed.title or "",
        author=parsed.author or "",
        level=parsed.level.name.lower() if parsed.level else "",
        description=parsed.description or "",
        falsepositives=tuple(map(str, parsed.falsepositives)),
        references=tuple(map(str, parsed.references)),
        logsource={name: value for name, value in named.items() if value},
        file=file,
        conditions=conditions,
        shown=not any(isinstance(each, SigmaCorrelationRule) and not each.generate for each in parsed._backreferences),
    )


def _reason(error: Any) -> Reason:
    return (
        error.reason if isinstance(error, UnreadableError) else Reason("%(cause)s", cause=" ".join(str(error).split()))
    )
