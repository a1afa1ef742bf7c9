"""What needs attention: the list, and what the owners say of it before anything else."""

from collections.abc import Iterator, Sequence

from dashboard.packs.held import Held
from dashboard.packs.measure import measure_page
from dashboard.packs.pack import MeasurePage, PackTable, WordsPage
from dashboard.words.values import capital, figure_words


def attention_intro(held: Held) -> tuple[str, ...]:
    """How many of how many, as the overview says it."""
    need, every = len(held.now.needing), len(held.views)
    verb = "needs" if need == 1 else "need"
    said = f"{need or 'None'} of {_measures(every)} {verb} attention."
    if not need:
        return (said,)
    silent = sum(1 for name in held.now.needing if not held.explained(name))
    if not silent:
        return (f"{said} The owners have written about all of them.",)
    return (f"{said} The owners have not written about {silent} of them yet.",)


def owners_page(held: Held) -> WordsPage:
    """What the owners say, and where they have said nothing."""
    explained = [name for name in held.now.needing if held.explained(name)]
    silent = [name for name in held.now.needing if name not in explained]
    tables = [_words_table(held, name) for name in explained]
    points = tuple(
        f"{_title(held, name)}: its owner has not written about it yet." for name in silent
    )
    first = "What the owners of these measures say of the newest term." if tables else ""
    return WordsPage(
        "What the owners say",
        tuple(one for one in (first,) if one),
        points,
        tuple(tables),
    )


def list_page(held: Held) -> WordsPage:
    """Every measure that needs attention with its newest figure and why."""
    rows = tuple(_row(held, name) for name in held.now.needing)
    headings = ("Measure", "Newest figure", "Why")
    tables = (PackTable("What needs attention, and why", headings, rows),) if rows else ()
    return WordsPage("What needs attention, in one list", (), (), tables)


def attention_pages(held: Held) -> Iterator[MeasurePage]:
    """A page for each, those that their owners have explained first."""
    yield from measure_pages(
        held, sorted(held.now.needing, key=lambda name: not held.explained(name))
    )


def measure_pages(held: Held, names: Sequence[str]) -> Iterator[MeasurePage]:
    """A page for each of these that has any figure."""
    found = (measure_page(held, name) for name in names)
    yield from (page for page in found if page)


def _words_table(held: Held, name: str) -> PackTable:
    rows = tuple(part for one in held.commentary[name] for part in one.parts)
    return PackTable(_title(held, name), ("About", "What the owner says"), rows)


def _row(held: Held, name: str) -> tuple[str, str, str]:
    view = held.views[name]
    figure = capital(figure_words(view.latest, view.measure)) if view.latest else held.nothing
    return view.measure.title, figure, "; ".join(held.attention(name))


def _title(held: Held, name: str) -> str:
    return held.views[name].measure.title


def _measures(count: int) -> str:
    return "1 measure" if count == 1 else f"{count} measures"
