"""The indicators of a year: measured, set against their targets, and with what a reader must know beside."""

from __future__ import annotations

from collections.abc import Sequence

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError
from gatehouse.kernel.results import Reason
from gatehouse.monitoring.api import Status, assets_of
from gatehouse.performance.domain.book import Entry
from gatehouse.performance.domain.definitions import Indicator, MilestoneWeight, Version
from gatehouse.performance.domain.drawing import joined
from gatehouse.performance.domain.indicator_year import IndicatorYear
from gatehouse.performance.domain.measured import Measured, Setting, Target, entries
from gatehouse.performance.domain.years import period_of
from gatehouse.performance.registry import indicators
from gatehouse.performance.selectors.measuring import HOUSE, Period, measured, measured_of_plan
from gatehouse.performance.selectors.plans import PlanYear, plan_year, plan_years, plans_of
from gatehouse.performance.selectors.targets import targets_of
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import profile


def indicator_year(id: str, year: int, *, clock: Clock, reader: Actor) -> IndicatorYear:
    """One indicator in a year of the agency's calendar. One of a plan's milestones has the plan's code before its id:
    `southern-building.milestone-completion`.

    Raises `ForbiddenError`; `NotFoundError` for an id that is none, or was not defined in that year; `UnreadableError`
    for a year of another calendar.
    """
    reader.require("performance.read")
    code, _, name = id.rpartition(".")
    indicator, period = indicators().indicator(name), _period(year)
    version = indicator.in_force(period[1])
    if version is None:
        raise NotFoundError("%(id)s was not defined in %(year)s", id=name, year=year)
    if bool(code) is not isinstance(version.numerator, MilestoneWeight):
        plans = [plan.code for plan in plans_of(year, reader=reader)]
        if code:
            raise NotFoundError("there is no indicator %(id)s; there are: %(near)s", id=id[:128], near=name)
        each = ", ".join(f"{plan}.{name}" for plan in plans)
        raise NotFoundError("%(id)s is measured for each plan: %(near)s", id=name, near=each or "-")
    if code:
        return _of_plan(plan_year(code, year, clock=clock, reader=reader), indicator, version, clock)
    return _of_year(indicator, version, year, targets_of(year).get(id), clock)


def indicator_years(
    year: int, *, clock: Clock, reader: Actor, plans: Sequence[PlanYear] | None = None
) -> list[IndicatorYear]:
    """Every indicator that was defined in a year, in the order of the registry; those of milestones for each plan.

    `plans` are the plans of the year where the caller has read them. Raises as `indicator_year`.
    """
    reader.require("performance.read")
    targets, period = targets_of(year), _period(year)
    found: list[IndicatorYear] = []
    for indicator in indicators().indicators:
        version = indicator.in_force(period[1])
        if version is None:
            continue
        if isinstance(version.numerator, MilestoneWeight):
            plans = plan_years(year, clock=clock, reader=reader) if plans is None else plans
            found += [_of_plan(plan, indicator, version, clock) for plan in plans]
        else:
            found.append(_of_year(indicator, version, year, targets.get(indicator.id), clock))
    return found


def indicator_entries(year: int, *, clock: Clock, reader: Actor) -> list[Entry]:
    """The book's entries of every indicator that was defined in a year, those of milestones for each plan."""
    found = indicator_years(year, clock=clock, reader=reader)
    return [entry for indicator in found for entry in indicator.entries.values()]


def _of_plan(plan: PlanYear, indicator: Indicator, version: Version, clock: Clock) -> IndicatorYear:
    named = version.model_copy(update={"name": joined(plan.plan.terms.name, {}, version.name)})
    setting = _setting(f"{plan.plan.code}.{indicator.id}", named, plan.year, clock)
    return _drawn(setting, measured_of_plan(plan), None, ())


def _of_year(indicator: Indicator, version: Version, year: int, target: Target | None, clock: Clock) -> IndicatorYear:
    setting = _setting(indicator.id, version, year, clock)
    counted = measured(version, setting.period, clock=clock)
    bought = _attribution(version, counted, target, setting.period) if target and isinstance(counted, Measured) else ()
    return _drawn(setting, counted, target, bought)


def _setting(id: str, version: Version, year: int, clock: Clock) -> Setting:
    words = {str(name): word for name, word in indicators().words.items()}
    return Setting(id, version, year, _period(year), clock.now(), words)


def _drawn(
    setting: Setting, counted: Measured | Reason, target: Target | None, notes: tuple[Reason, ...]
) -> IndicatorYear:
    return IndicatorYear(
        id=setting.id,
        year=setting.year,
        version=setting.version,
        period=setting.period,
        measured=counted,
        target=target,
        entries={entry.id: entry for entry in entries(setting, counted, target, notes)},
    )


def _attribution(version: Version, counted: Measured, target: Target, period: Period) -> tuple[Reason, ...]:
    """Whose equipment the value speaks of, where it is not the plan's alone: from the register of assets."""
    if version.equipment is None:
        return ()
    of_plan = assets_of(reader=HOUSE, asset_class=version.equipment, plan=target.plan)
    bought = [asset for asset in of_plan if asset.tag in counted.devices]
    if len(bought) == len(counted.devices):
        return ()
    if not bought and not of_plan:
        return (
            Reason(
                "none of the devices measured (%(devices)d) was bought by the plan %(plan)s",
                devices=len(counted.devices),
                plan=target.plan,
            ),
        )
    if not bought:
        return (
            Reason(
                "none of the devices measured (%(devices)d) was bought by the plan %(plan)s: of those that it bought "
                "(%(bought)d) none was in service by %(day)s",
                devices=len(counted.devices),
                plan=target.plan,
                bought=len(of_plan),
                day=period[1].isoformat(),
            ),
        )
    first = min(day for asset in bought if (day := asset.reached(Status.IN_SERVICE)))
    return (
        Reason(
            "the plan %(plan)s bought %(bought)d of the %(devices)d devices measured, in service from %(day)s on",
            bought=len(bought),
            devices=len(counted.devices),
            plan=target.plan,
            day=first.isoformat(),
        ),
    )


def _period(year: int) -> Period:
    return period_of(year, profile().agency.calendar)
