"""From the conditions that pySigma parses to ours. What cannot be meant here is refused with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from sigma.conditions import (
    ConditionAND,
    ConditionFieldEqualsValueExpression,
    ConditionNOT,
    ConditionOR,
    ConditionValueExpression,
)
from sigma.types import (
    Placeholder,
    SigmaBool,
    SigmaCasedString,
    SigmaCIDRExpression,
    SigmaCompareExpression,
    SigmaExists,
    SigmaExpansion,
    SigmaFieldReference,
    SigmaNull,
    SigmaNumber,
    SigmaRegularExpression,
    SigmaString,
    SigmaTimestampPart,
    SpecialChars,
)

from gatehouse.kernel.errors import UnreadableError
from gatehouse.security.domain.columns import WHOLE
from gatehouse.security.domain.conditions import All, Condition, Field, Not, Whole, either
from gatehouse.security.domain.expressions import Pattern, compiled
from gatehouse.security.domain.predicates import (
    ANY,
    COMPARISONS,
    ONE,
    Compared,
    Expression,
    Network,
    Number,
    Part,
    Predicate,
    Present,
    SameAs,
    TextPattern,
    TimePart,
)

_SPECIAL: dict[SpecialChars, Part] = {SpecialChars.WILDCARD_MULTI: ANY, SpecialChars.WILDCARD_SINGLE: ONE}


def condition_of(node: object) -> Condition:
    """Raises `UnreadableError` for what has no meaning over events: a placeholder that nothing fills."""
    match node:
        case ConditionAND():
            return All(tuple(map(condition_of, node.args)))
        case ConditionOR():
            return either(list(map(condition_of, node.args)))
        case ConditionNOT():
            return Not(condition_of(node.args[0]))
        case ConditionFieldEqualsValueExpression():
            return _field(node.field.lower(), node.value)
        case ConditionValueExpression():
            return _keyword(node.value)
    raise UnreadableError("its condition is empty")


def _field(name: str, value: object) -> Condition:
    match value:
        case SigmaExpansion():
            return either([_field(name, each) for each in value.values])
        case SigmaNull():
            return Whole(Present(name, wanted=False))
        case SigmaExists():
            return Whole(Present(name, wanted=value.exists))
        case SigmaFieldReference():
            return Whole(SameAs(name, value.field.lower(), value.starts_with, value.ends_with))
    return Field(name, (_predicate(value),))


def _keyword(value: object) -> Condition:
    """A text that stands anywhere in the event."""
    match value:
        case SigmaExpansion():
            return either([_keyword(each) for each in value.values])
        case SigmaString():
            inner = list(_parts(value))
            while inner and inner[0] is ANY:
                inner.pop(0)
            while inner and inner[-1] is ANY:
                inner.pop()
            pattern = TextPattern(tuple(inner), isinstance(value, SigmaCasedString), within=True)
            return Field(WHOLE, (pattern,))
        case SigmaNumber():
            return Field(WHOLE, (TextPattern((str(value.number),), within=True),))
        case SigmaRegularExpression():
            return Field(WHOLE, (_predicate(value),))
    raise _meaningless(value)


def _predicate(value: object) -> Predicate:
    match value:
        case SigmaString():
            return TextPattern(tuple(_parts(value)), isinstance(value, SigmaCasedString))
        case SigmaBool():
            return TextPattern(("true" if value.boolean else "false",))
        case SigmaRegularExpression():
            return Expression(_compiled(value))
    return _of_numbers(value)


def _of_numbers(value: object) -> Predicate:
    match value:
        case SigmaTimestampPart():
            return TimePart(value.timestamp_part.name.lower(), int(value.number))
        case SigmaNumber():
            return Number(value.number)
        case SigmaCIDRExpression():
            return Network(value.network)
        case SigmaCompareExpression():
            return Compared(COMPARISONS[value.op.name], value.number.number)
    raise _meaningless(value)


def _parts(value: SigmaString) -> Sequence[Part]:
    found: list[Part] = []
    for part in value.s:
        if isinstance(part, Placeholder):
            raise UnreadableError("its placeholder %(name)s is not filled in", name=f"%{part.name}%")
        found.append(part if isinstance(part, str) else _SPECIAL[part])
    return found


def _compiled(value: SigmaRegularExpression) -> Pattern:
    if any(isinstance(part, Placeholder) for part in value.regexp.s):
        raise UnreadableError("its placeholder %(name)s is not filled in", name=str(value.regexp))
    flags = 0
    for flag in value.flags:
        flags |= value.sigma_to_python_flags[flag]
    return compiled(value.regexp.to_plain_regex(), flags)


def _meaningless(value: object) -> UnreadableError:
    return UnreadableError("a value of the kind %(kind)s means nothing here", kind=type(value).__name__)
