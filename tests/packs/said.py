"""What a pack holds, taken apart for tests."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from dashboard.packs.pack import MeasurePage, Pack, PackPage, PackTable, SummaryPage, WordsPage


def titles(pack: Pack) -> list[str]:
    return [section.title for section in pack.sections]


def pages(pack: Pack) -> list[PackPage]:
    return [page for section in pack.sections for page in section.pages]


def measure_pages(pack: Pack) -> dict[str, MeasurePage]:
    """By the measure's id in the page's address."""
    found = [page for page in pages(pack) if isinstance(page, MeasurePage)]
    return {page.url.split("/measure/")[1].split("?")[0]: page for page in found}


def words_page(pack: Pack, title: str) -> WordsPage:
    found = next(page for page in pages(pack) if page.title == title)
    assert isinstance(found, WordsPage)
    return found


def summary(pack: Pack) -> SummaryPage:
    return next(page for page in pages(pack) if isinstance(page, SummaryPage))


def table(page: WordsPage, caption: str) -> PackTable:
    return next(one for one in page.tables if one.caption == caption)


def values(thing: Any) -> Iterator[Any]:
    """Every text and number of it, however deep."""
    if dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from values(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for one in thing:
            yield from values(one)
    else:
        yield thing
