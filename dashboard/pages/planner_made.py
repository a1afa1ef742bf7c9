"""The planner's numbers for what is asked: projection, need of places, a person's own what if."""

from dataclasses import dataclass

from dashboard.analysis.capacity import Need, Shares, grown, needs, runs_out
from dashboard.analysis.projection import Model, Projection, project
from dashboard.analysis.projection_error import Trial, hold_back, why_not_tried
from dashboard.charts.chart import Chart
from dashboard.charts.projection import projection_chart
from dashboard.pages.planner_asked import Asked
from dashboard.views.planner import Planner, Yearly
from dashboard.words.planner import places_label

_RECENT = 5  # years whose shares say how much the share moves


@dataclass(frozen=True)
class WhatIf:
    """A person's own numbers by year: plans, places needed (None where no share is known) and
    places there are (None where none were sent)."""

    plans: tuple[float, ...]
    needed: tuple[float, ...] | None
    places: float | None


@dataclass(frozen=True)
class Made:
    """`shown` is the projection of the series that is asked for, `plans` of all plans, on which
    the need of places rests, `alone` of those in special schools by themselves. `why_not` is
    `short`, `small` or ""."""

    yearly: Yearly
    why_not: str
    trial: Trial | None = None
    shown: Projection | None = None
    plans: Projection | None = None
    alone: Projection | None = None
    shares: Shares | None = None
    needed: tuple[Need, ...] = ()
    what_if: WhatIf | None = None

    @property
    def years(self) -> tuple[int, ...]:
        newest = self.yearly.counts[-1].year
        return tuple(newest + step.ahead for step in self.shown.steps) if self.shown else ()


def make(planner: Planner, asked: Asked) -> Made:
    """Nothing but the reason where there are too few counts or too small ones."""
    yearly = planner.special if asked.series == "special" else planner.plans
    why_not = why_not_tried(yearly.values)
    if why_not:
        return Made(yearly, why_not)
    trial = hold_back(yearly.values)
    shown = project(yearly.values, asked.ahead, asked.model or trial.chosen)
    chosen = asked.model if asked.series == "all" else None
    plans = _best(planner.plans, asked.ahead, chosen)
    alone = _best(planner.special, asked.ahead, None)
    shares = shares_of(planner)
    needed = needs(plans.steps, shares) if plans and shares else ()
    what_if = _what_if(planner, asked, plans, shares) if asked.is_what_if and plans else None
    return Made(yearly, "", trial, shown, plans, alone, shares, needed, what_if)


def _best(yearly: Yearly, ahead: int, chosen: Model | None) -> Projection | None:
    """By the model that was chosen for it, else by the one that did best."""
    if why_not_tried(yearly.values):
        return None
    return project(yearly.values, ahead, chosen or hold_back(yearly.values).chosen)


def shares_of(planner: Planner) -> Shares | None:
    """Of the years that have both counts; None when no two of them are."""
    plans = {one.year: one.value for one in planner.plans.counts}
    both = [one for one in planner.special.counts if plans.get(one.year)]
    found = [one.value / plans[one.year] for one in both][-_RECENT:]
    return Shares(found[-1], min(found), max(found)) if len(found) > 1 else None


def _what_if(planner: Planner, asked: Asked, plans: Projection, shares: Shares | None) -> WhatIf:
    """What is not given stays as projected; the share and places as they are."""
    middles = tuple(step.middle for step in plans.steps)
    if asked.growth is not None:
        middles = grown(planner.plans.values[-1], asked.growth, asked.ahead)
    share = shares.now if shares else None
    if asked.share is not None:
        share = asked.share / 100
    needed = None if share is None else tuple(value * share for value in middles)
    there = planner.places.places + (asked.places or 0) if planner.places else None
    return WhatIf(middles, needed, None if there is None else max(there, 0.0))


def chart_of(planner: Planner, asked: Asked, made: Made) -> Chart:
    """Of the series that is asked for; places stand beside children in special schools only."""
    assert made.shown is not None
    special, own = asked.series == "special", made.what_if
    there = own.places if own else planner.places.places if planner.places else None
    places = (there, places_label(there, asked.places)) if special and there is not None else None
    line = what_if_line(asked, made) or ()
    return projection_chart(made.yearly.counts, made.shown.steps, line, places)


def what_if_line(asked: Asked, made: Made) -> tuple[float, ...] | None:
    """A person's own numbers of the series that is shown; None where what they gave does not
    move it."""
    if made.what_if is None:
        return None
    if asked.series == "special":
        moved = asked.growth is not None or asked.share is not None
        return made.what_if.needed if moved else None
    return made.what_if.plans if asked.growth is not None else None


def first_short(made: Made, places: float) -> tuple[int | None, int | None, int | None]:
    """The year in which more places are needed than there are: by the middle, and the earliest
    and latest of the range; None where there are enough in all years shown."""
    newest = made.years[0] - 1 if made.years else 0
    ends = ([n.middle for n in made.needed], [n.high for n in made.needed])
    found = [runs_out(needed, places) for needed in (*ends, [n.low for n in made.needed])]
    middle, earliest, latest = (newest + one if one else None for one in found)
    return middle, earliest, latest
