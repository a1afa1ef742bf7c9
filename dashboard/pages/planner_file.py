"""The planner's numbers as the page's table and as a file that says in every row what they are."""

from collections.abc import Iterator

from dashboard.address import Address
from dashboard.charts.projection import Counted
from dashboard.charts.table import Cell, DataTable
from dashboard.downloads.separated import Rows, csv_bytes
from dashboard.pages.kept import Answer, make_answer
from dashboard.pages.planner_asked import FIELDS, Asked, parse_asked
from dashboard.pages.planner_made import Made, make, what_if_line
from dashboard.pages.site import Editions, Site, find_editions
from dashboard.views.planner import Planner, get_planner
from dashboard.words.planner import MARKING, SERIES, model_name
from dashboard.words.values import capital, listed, number

_HEADINGS = ("Number", "80% range from", "80% range to", "95% range from", "95% range to")
_COLUMNS = (
    "area_code",
    "area_name",
    "what",
    "january",
    "kind",
    "value",
    "lower_80",
    "upper_80",
    "lower_95",
    "upper_95",
    "model",
    "source",
    "invented",
    "what_if_growth_pct",
    "what_if_share_pct",
    "what_if_extra_places",
    "edition",
    "note",
)


def kind_words(one: Counted, planner: Planner) -> str:
    """Whose count it is: `Counted, published`, `Counted, sent by the area, invented`."""
    if not one.own:
        return "Counted, published"
    return f"Counted, sent by the area{', invented' if planner.invented else ''}"


def planner_table(planner: Planner, asked: Asked, made: Made) -> DataTable:
    """Every counted and projected year, oldest first."""
    line = what_if_line(asked, made)
    rows = [_counted(one, planner, line is not None) for one in made.yearly.counts]
    steps = made.shown.steps if made.shown else ()
    for place, (year, step) in enumerate(zip(made.years, steps, strict=True)):
        cells = [Cell(str(year), year), Cell("Projection", "Projection"), *map(_whole, step[1:])]
        rows.append((*cells, *([_whole(line[place])] if line else [])))
    return DataTable(
        f"{capital(SERIES[asked.series])}: counted and projected",
        ("January", "Kind", *_HEADINGS, *(["What if"] if line else [])),
        tuple(rows),
    )


def _counted(one: Counted, planner: Planner, what_if: bool) -> tuple[Cell, ...]:
    kind = kind_words(one, planner)
    empty = (Cell("–", ""),) * (5 if what_if else 4)
    return (Cell(str(one.year), one.year), Cell(kind, kind), _whole(one.value), *empty)


def _whole(value: float) -> Cell:
    return Cell(number(value, 0), round(value))


def read_planner(site: Site, address: Address) -> tuple[Editions, Planner] | None:
    """What the planner of this address starts from; None when there is no such edition."""
    with site.database.reading() as connection:
        editions = find_editions(connection, site, address)
        if editions is None:
            return None
        here = address.area
        return editions, get_planner(connection, site.viewer, site.settings, here, editions.asked)


def planner_file(site: Site, address: Address) -> Answer | None:
    """None when there is no such edition, or nothing that may be projected."""
    asked = parse_asked(address)
    editions, planner = read_planner(site, address) or (None, None)
    if editions is None or planner is None:
        return None
    made = make(planner, asked)
    if made.shown is None:
        return None
    edition = str(editions.shown.name) if editions.shown else ""
    rows = Rows(_COLUMNS, tuple(_rows(address, planner, asked, made, edition)))
    name = f"planner_projection_{address.area.code}.csv"
    return make_answer(csv_bytes(rows), "text/csv", name=name)


def _rows(
    address: Address, planner: Planner, asked: Asked, made: Made, edition: str
) -> Iterator[tuple[str | float, ...]]:
    assert made.shown is not None
    about = (address.area.code, address.area.name)
    what, source = SERIES[asked.series], listed(made.yearly.sources)
    fields = tuple(_given(asked, name) for name in FIELDS)
    none = ("", "", "")
    for one in made.yearly.counts:
        invented = "yes" if one.own and planner.invented else "no"
        counted = (one.year, "counted", round(one.value), "", "", "", "", "", source, invented)
        yield (*about, what, *counted, *none, edition, "")
    invented = "yes" if made.yearly.invented else "no"
    model = model_name(made.shown.model)
    for year, step in zip(made.years, made.shown.steps, strict=True):
        numbers = tuple(round(value) for value in step[1:])
        yield (
            *about,
            what,
            year,
            "projected",
            *numbers,
            model,
            "",
            invented,
            *none,
            edition,
            MARKING,
        )
    made_up = "yes" if planner.invented else "no"
    for words, line in _own(made):
        for year, value in zip(made.years, line, strict=True):
            own = (year, "what if", round(value), "", "", "", "", "", "", made_up)
            yield (*about, words, *own, *fields, edition, MARKING)


def _given(asked: Asked, name: str) -> str | float:
    value: float | None = getattr(asked, name)
    return "" if value is None else value


def _own(made: Made) -> Iterator[tuple[str, tuple[float, ...]]]:
    """A person's own numbers: plans, and the places they would need and would have."""
    if made.what_if is None:
        return
    yield SERIES["all"], made.what_if.plans
    if made.what_if.needed is not None:
        yield "places needed in special schools", made.what_if.needed
    if made.what_if.places is not None:
        yield "places in special schools", (made.what_if.places,) * len(made.what_if.plans)
