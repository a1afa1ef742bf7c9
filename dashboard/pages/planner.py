"""What if: plans and special places if growth goes on, with the range and how well that did."""

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.address import Address
from dashboard.analysis.capacity import runs_out
from dashboard.analysis.projection import Model
from dashboard.analysis.projection_error import AHEAD
from dashboard.charts.chart import Chart
from dashboard.charts.svg import trend_svg
from dashboard.pages.page import Page
from dashboard.pages.planner_asked import FIELDS, MOST_AHEAD, Asked, parse_asked
from dashboard.pages.planner_file import planner_table, read_planner
from dashboard.pages.planner_made import Made, WhatIf, chart_of, first_short, make
from dashboard.pages.shell import Link, area_link, page_title, shell_facts
from dashboard.pages.site import Site
from dashboard.views.planner import Places, Planner
from dashboard.words.periods import when
from dashboard.words.planner import (
    MARKING,
    SERIES,
    alone_sentence,
    assumed,
    chart_words,
    error_rows,
    growth_sentence,
    headline,
    model_name,
    model_sentence,
    refused,
    shares_sentence,
    short_sentence,
    tests_row,
    trial_sentences,
)
from dashboard.words.values import capital, listed, number


def planner_page(site: Site, address: Address) -> Page | None:
    """`?by=special` projects those in special schools, `?ahead=` so many years, `?method=` by a
    model of one's own choice; `growth`, `share` and `places` are a person's own what if."""
    asked = parse_asked(address)
    editions, planner = read_planner(site, address) or (None, None)
    if editions is None or planner is None:
        return None
    made = make(planner, asked)
    trail = [area_link(address), Link("What if?", "")]
    facts: dict[str, Any] = {
        **shell_facts(site, address, editions, planner.invented, trail),
        "marking": MARKING,
        "choices": [*_choices(address, asked, made)],
        "fields": asked.given,
        "faults": asked.faults,
        "wrong": {name: asked.faults.get(name, "") for name in FIELDS},
        "hidden": {k: v for k, v in address.query.items() if k not in FIELDS and v},
        "plain_url": address.with_query(**dict.fromkeys(FIELDS, "")).url,
        "refused": refused(made.why_not, asked.series, len(made.yearly.counts))
        if made.why_not
        else "",
        "places": _places(planner.places),
        "what_if": None,
    }
    if made.shown:
        name = str(editions.shown.name) if editions.shown else ""
        facts |= _shown(address.with_query(edition=name), planner, asked, made)
    said = f"Projection of {SERIES[asked.series]}."
    return Page(page_title(address, "What if? Projection"), "planner.html", said, facts)


def _choices(address: Address, asked: Asked, made: Made) -> Iterator[tuple[str, list[Link]]]:
    names = {"all": "All plans", "special": "In special schools"}
    yield (
        "Project",
        [
            Link(words, address.with_query(by="" if key == "all" else key).url, key == asked.series)
            for key, words in names.items()
        ],
    )
    years = range(1, MOST_AHEAD + 1)
    yield (
        "Years ahead",
        [Link(str(n), address.with_query(ahead=str(n)).url, n == asked.ahead) for n in years],
    )
    if made.trial and made.shown:
        used = made.shown.model
        yield (
            "Model",
            [
                Link(model_name(m), _model_url(address, m, made.trial.chosen), m is used)
                for m in Model
            ],
        )


def _model_url(address: Address, model: Model, best: Model) -> str:
    """The best one without a key, so that its link stays right when another does better."""
    return address.with_query(method="" if model is best else model.value).url


def _shown(address: Address, planner: Planner, asked: Asked, made: Made) -> Mapping[str, Any]:
    shown, trial = made.shown, made.trial
    assert shown is not None
    assert trial is not None
    counts = made.yearly.counts
    chart = chart_of(planner, asked, made)
    return {
        "assumed": assumed(shown.model),
        "headline": headline(shown.model, asked.series, shown.steps[-1], made.years[-1]),
        "growth": growth_sentence(made.yearly.values, counts[0].year, counts[-1].year),
        "model": model_name(shown.model),
        "how": model_sentence(shown),
        "wide": trend_svg(chart, "wide", "projection"),
        "narrow": trend_svg(chart, "narrow", "projection"),
        "key": [*_key(chart)],
        "said": _said(asked, made, chart),
        "subtitle": f"{capital(SERIES[asked.series])}, {address.area.name}, January "
        f"{counts[0].year} to January {made.years[-1]}: projected after January {counts[-1].year}",
        "table": planner_table(planner, asked, made),
        "downloads": [
            Link("Download this projection (CSV)", address.as_file("csv").url),
        ],
        "trial": [*trial_sentences(trial, shown.model)],
        "errors": [*error_rows(trial)],
        "tests": tests_row(trial),
        "ahead": AHEAD,
        "need": _need(planner, made),
        "what_if": _what_if(made),
        "sources": [*_sources(planner, made)],
    }


def _key(chart: Chart) -> Iterator[tuple[str, str]]:
    yield "own", "Counted in January, published"
    if any(mark.hollow for mark in chart.own.marks):
        yield "hollow", "Counted at the end of December before, sent by the area"
    for series in chart.projected:
        words = "Projection: not counted" if series.key == "projection" else "Your what if"
        yield series.key, words
    yield "range80", "80% range"
    yield "range95", "95% range"
    if chart.target:
        yield "target", chart.target.label


def _said(asked: Asked, made: Made, chart: Chart) -> str:
    assert made.shown is not None
    counts = [(one.year, one.value) for one in made.yearly.counts]
    said = chart_words(asked.series, counts, made.shown.steps)
    for series in chart.projected[1:]:
        last = series.marks[-1]
        said += f" Your what if comes to {number(last.value, 0)} in {last.period}."
    return f"{said} {chart.target.label}." if chart.target else said


def _places(places: Places | None) -> Mapping[str, str] | None:
    if places is None:
        return None
    full = number(places.roll / places.places * 100, 1) if places.places else ""
    kind = "" if places.schools_only else " (with resourced and alternative provision)"
    return {
        "when": when(places.term, "snapshot"),
        "places": number(places.places, 0),
        "roll": number(places.roll, 0),
        "full": full,
        "kind": kind,
    }


def _need(planner: Planner, made: Made) -> Mapping[str, Any] | None:
    """Places needed by year beside the places there are; None where no share is known."""
    if not made.needed or made.shares is None or made.plans is None:
        return None
    newest, there = made.years[0] - 1, planner.places
    rows = [
        (
            newest + one.ahead,
            *(number(end, 0) for end in (one.middle, one.low, one.high)),
            _over(there.places - one.middle) if there else "",
        )
        for one in made.needed
    ]
    return {
        "shares": shares_sentence(made.shares, planner.special.counts[-1].year),
        "rows": rows,
        "short": short_sentence(first_short(made, there.places), made.years[-1]) if there else "",
        "model": model_name(made.plans.model).lower(),
        "alone": alone_sentence(made.alone, made.years[-1]) if made.alone else "",
    }


def _over(left: float) -> str:
    shown = number(abs(left), 0)
    if shown == "0":
        return "just enough"
    return f"{shown} {'to spare' if left > 0 else 'too few'}"


def _what_if(made: Made) -> Mapping[str, Any] | None:
    found = made.what_if
    if found is None:
        return None
    return {"rows": [*_what_if_rows(made, found)], "short": _what_if_short(made, found)}


def _what_if_rows(made: Made, found: WhatIf) -> Iterator[tuple[int, str, str, str, str]]:
    unknown = "not known"
    there = unknown if found.places is None else number(found.places, 0)
    for place, (year, plans) in enumerate(zip(made.years, found.plans, strict=True)):
        needed, left = unknown, unknown
        if found.needed is not None:
            needed = number(found.needed[place], 0)
            left = unknown if found.places is None else _over(found.places - found.needed[place])
        yield year, number(plans, 0), needed, there, left


def _what_if_short(made: Made, found: WhatIf) -> str:
    if found.needed is None or found.places is None:
        return (
            "Without the share in special schools and the places there are, it cannot be said "
            "whether places would run out."
        )
    first = runs_out(found.needed, found.places)
    if first is None:
        return f"With these numbers there would be enough places until January {made.years[-1]}."
    return (
        f"With these numbers there would be too few places from January {made.years[first - 1]} on."
    )


def _sources(planner: Planner, made: Made) -> Iterator[str]:
    yield f"January counts: {listed(made.yearly.sources)}."
    own = [one.year for one in made.yearly.counts if one.own]
    if own:
        years = listed([f"January {year}" for year in own])
        made_up = " It is invented sample data." if made.yearly.invented else ""
        yield (
            f"For {years} the area’s own count on 31 December before is used, because nothing is "
            f"published of it yet.{made_up}"
        )
    if planner.latest and planner.latest.value is not None:
        counted = number(planner.latest.value, 0)
        made_up = " and is invented sample data" if planner.invented else ""
        yield (
            f"{when(planner.latest.period, 'snapshot')} there were {counted} plans. This newest "
            f"count of the area’s own is not a January’s, so it is not used{made_up}."
        )
