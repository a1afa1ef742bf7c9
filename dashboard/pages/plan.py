"""The improvement plan beside the figures: is the action done, and did the number move?"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.address import Address
from dashboard.analysis.difference import Changed
from dashboard.charts.timeline import build_timeline
from dashboard.charts.timeline_svg import STATUS_LOOKS, status_mark, timeline_svg
from dashboard.pages.page import Page
from dashboard.pages.plan_file import plan_files
from dashboard.pages.plan_rows import ActionRow
from dashboard.pages.plan_shown import PlanShown, read_plan_shown
from dashboard.pages.shell import Link, area_link, page_title, shell_facts
from dashboard.pages.site import Site
from dashboard.queries.plan import Plan
from dashboard.words.plan import (
    CAUSE,
    INVENTED,
    NO_MEASURE,
    as_at_words,
    counts_words,
    path_steps,
    tested_words,
    timeline_words,
)
from schemas.plan import STATUS_WORDS, PlanArea

TITLE = "Improvement plan"
_SHOW = {"": "All actions", "overdue": "Overdue", "open": "Not done", "done": "Done"}


@dataclass(frozen=True)
class AreaRows:
    """An area for improvement and those of its actions that are shown."""

    area: PlanArea
    rows: tuple[ActionRow, ...]


def plan_page(site: Site, address: Address) -> Page | None:
    """`?show=overdue`, `open` or `done` chooses actions."""
    shown = read_plan_shown(site, address)
    if shown is None:
        return None
    chosen = address.query.get("show", "")
    chosen = chosen if chosen in _SHOW else ""
    kept = [row for row in shown.rows if _is_shown(row, chosen)]
    overdue = sum(row.is_overdue for row in shown.rows)
    said = f"Showing {len(kept)} of {len(shown.rows)} actions."
    facts: dict[str, Any] = {
        **shell_facts(
            site, address, shown.editions, shown.invented, [area_link(address), Link(TITLE, "")]
        ),
        **_lasting(address, shown),
        "as_at": as_at_words(shown.today, shown.editions.asked is not None),
        "plan_invented": INVENTED if shown.plan.invented else "",
        "lead": counts_words(_counts(shown.rows), overdue, len(shown.plan.areas)),
        "counts": [*_counted(shown.rows)],
        "overdue": [row for row in shown.rows if row.is_overdue],
        **_moved(shown.rows),
        "tested": tested_words([one.moved for row in shown.rows for one in row.figures]),
        "cause": CAUSE,
        "no_measure": NO_MEASURE,
        "choices": [*_choices(address, chosen)],
        "showing": said,
        "groups": [*_groups(shown.plan, kept)],
        "paths": [*_paths(address, shown)],
        "marks": {mark: status_mark(mark) for mark in STATUS_LOOKS},
        "downloads": plan_files(address, shown),
        **_timeline(kept, shown.today),
    }
    return Page(page_title(address, TITLE), "plan.html", said, facts)


def _lasting(address: Address, shown: PlanShown) -> dict[str, str]:
    """The link to the edition, in words of this page: what is overdue is of the edition's day."""
    edition = shown.editions.shown
    if edition is None or not edition.published_at:
        return {"same_page": "", "lasting": ""}
    return {"same_page": "", "lasting": address.with_query(edition=str(edition.name)).url}


def _is_shown(row: ActionRow, chosen: str) -> bool:
    wanted = {
        "overdue": row.is_overdue,
        "open": not row.action.is_closed,
        "done": row.action.status == "done",
    }
    return wanted.get(chosen, True)


def _counts(rows: Sequence[ActionRow]) -> Counter[str]:
    return Counter(row.action.status for row in rows)


def _moved(rows: Sequence[ActionRow]) -> dict[str, Any]:
    """What a test tells from chance, and the names of what was tested and is not told from it."""
    tested = [(row, one) for row in rows for one in row.figures if one.moved.word]
    still = [pair for pair in tested if pair[1].moved.word is Changed.no_clear_change]
    names = (f"{one.measure.short_title} ({row.action.number})" for row, one in still)
    return {"moved": [pair for pair in tested if pair not in still], "unmoved": "; ".join(names)}


def _counted(rows: Sequence[ActionRow]) -> Iterator[tuple[str, str, int]]:
    """Each status that there is, then what is overdue: shape, words, number."""
    counts = _counts(rows)
    for status, words in STATUS_WORDS.items():
        if counts[status]:
            yield status, words, counts[status]


def _choices(address: Address, chosen: str) -> Iterator[Link]:
    for key, words in _SHOW.items():
        yield Link(words, address.with_query(show=key).url, key == chosen)


def _groups(plan: Plan, kept: Sequence[ActionRow]) -> Iterator[AreaRows]:
    for area in plan.areas:
        rows = tuple(row for row in kept if row.action.area == area.number)
        if rows:
            yield AreaRows(area, rows)


def _paths(address: Address, shown: PlanShown) -> Iterator[tuple[Link, list[tuple[str, str]]]]:
    for view in shown.views.values():
        if view.path:
            link = Link(view.measure.short_title, address.of_measure(view.measure).url)
            yield link, path_steps(view.path, view.measure)


def _timeline(kept: Sequence[ActionRow], today: dt.date) -> dict[str, Any]:
    timeline = build_timeline([row.bar for row in kept], today)
    if timeline is None:
        return {"timeline": None}
    return {
        "timeline": timeline,
        "timeline_said": timeline_words(timeline),
        "timeline_wide": timeline_svg(timeline, "wide"),
        "timeline_narrow": timeline_svg(timeline, "narrow"),
        "undated": [row for row in kept if not (row.action.start_on or row.action.finish_on)],
    }
