"""The plan's page as files: what stands on it, an action and a measure a row."""

from collections.abc import Callable, Iterator, Mapping

from dashboard.address import Address
from dashboard.downloads.measure_book import cover_entries, made_at, symbol_notes
from dashboard.downloads.separated import Rows, csv_bytes
from dashboard.downloads.spreadsheet import Book, Entry, Sheet, workbook_bytes
from dashboard.pages.kept import Answer, make_answer
from dashboard.pages.plan_rows import ActionRow, Figure
from dashboard.pages.plan_shown import PlanShown, read_plan_shown
from dashboard.pages.shell import Link
from dashboard.pages.site import Site
from dashboard.words.periods import period_words
from dashboard.words.plan import CAUSE, INVENTED, as_at_words
from dashboard.words.values import file_size

KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_HEADINGS = (
    "area_number",
    "area_for_improvement",
    "action_number",
    "task",
    "lead",
    "other_resources",
    "start",
    "finish",
    "status",
    "overdue",
    "evidence",
    "note",
    "last_written_by",
    "last_written_on",
    "measure_id",
    "measure",
    "term_of_start",
    "figure_of_start",
    "newest_term",
    "newest_figure",
    "moved",
    "moved_in_words",
    "target",
    "agreed_path",
    "edition",
)


def plan_file(site: Site, address: Address) -> Answer | None:
    """The file an address asks for; None when there is no plan to put in it."""
    shown = read_plan_shown(site, address)
    if shown is None or not shown.rows:
        return None
    body = _MAKERS[address.file](address, shown)
    name = f"improvement_plan_{address.area.code}.{address.file}"
    return make_answer(body, KINDS[address.file], name=name)


def plan_files(address: Address, shown: PlanShown) -> list[Link]:
    """Links to the files, with their sizes."""
    if not shown.rows:
        return []
    plain = address.with_query(show="")
    return [
        Link(
            f"Download the plan and its figures ({kind.upper()}, {_size(address, shown, kind)})",
            plain.as_file(kind).url,
        )
        for kind in KINDS
    ]


def _size(address: Address, shown: PlanShown, kind: str) -> str:
    return file_size(len(_MAKERS[kind](address, shown)))


def _csv(address: Address, shown: PlanShown) -> bytes:
    return csv_bytes(_rows(shown))


def _xlsx(address: Address, shown: PlanShown) -> bytes:
    edition = shown.editions.shown
    lasting = address.with_query(show="", edition=str(edition.name) if edition else "")
    return workbook_bytes(
        Book(
            title=f"Improvement plan: {address.area.name}",
            made_at=made_at(edition),
            cover=[
                ("Area", address.area.full_name),
                ("The plan", as_at_words(shown.today, shown.editions.asked is not None)),
                *cover_entries(edition, lasting.url, shown.invented),
            ],
            notes=[*_notes(shown), *symbol_notes()],
            sources=[f"The improvement plan as {address.area.partnership} keeps it here."],
            sheets=[
                Sheet("Plan and figures", "An action and a measure a row", _rows(shown)),
                Sheet("Agreed paths", "What a figure should be, term by term", _paths(shown)),
            ],
        )
    )


_MAKERS: Mapping[str, Callable[[Address, PlanShown], bytes]] = {"csv": _csv, "xlsx": _xlsx}


def _notes(shown: PlanShown) -> Iterator[Entry]:
    yield "Figures", CAUSE
    if shown.plan.invented:
        yield "Invented", INVENTED


def _rows(shown: PlanShown) -> Rows:
    titles = {one.number: one.title for one in shown.plan.areas}
    edition = shown.editions.shown
    name = str(edition.name) if edition else ""
    rows = (
        (*_action(row, titles), *figure, name) for row in shown.rows for figure in _figures(row)
    )
    return Rows(_HEADINGS, tuple(rows))


def _action(row: ActionRow, titles: Mapping[str, str]) -> tuple[str, ...]:
    action = row.action
    return (
        action.area,
        titles.get(action.area, ""),
        action.number,
        action.task,
        action.lead,
        action.others,
        action.start_words,
        action.finish_words,
        row.status,
        "yes" if row.is_overdue else "",
        action.evidence,
        action.note,
        row.written_by,
        row.written_on,
    )


def _figures(row: ActionRow) -> Iterator[tuple[str | float, ...]]:
    """One for each measure; an action without any has one row all the same."""
    if not row.figures:
        yield ("",) * 10
    for one in row.figures:
        yield (
            one.measure.id,
            one.measure.short_title,
            *_point(one, "before"),
            *_point(one, "now"),
            one.phrase,
            one.sentence,
            one.target[0],
            one.path[0],
        )


def _point(one: Figure, which: str) -> tuple[str | float, str | float]:
    """The term, and the figure or its symbol."""
    change = one.moved.change
    point = getattr(change, which) if change else None
    if change is None or point is None:
        return "", ""
    value = point.value if point.value is not None else point.symbol or ""
    return period_words(point.period, change.basis), value


def _paths(shown: PlanShown) -> Rows:
    rows = ((one.measure_id, one.term, one.value, one.agreed) for one in shown.plan.points)
    return Rows(("measure_id", "term", "expected_value", "agreed_by"), tuple(rows))
