"""What stands on every page and in every file of a publication: edition, licence, sources."""

import datetime as dt
from collections.abc import Iterable, Iterator

from dashboard.public.figures import PublicFigure
from dashboard.public.release import Corrected, PublicRelease
from dashboard.words.notices import notice_lead, notice_parts
from dashboard.words.periods import day_words
from schemas.public import OPEN_GOVERNMENT_LICENCE, PublicSettings
from schemas.symbol import Symbol
from schemas.term import parse_term

INVENTED = (
    "The area’s own figures are made up so that the pages can be tried. They are not real. Figures "
    "with a publisher’s name are real published statistics."
)


def settings_of(release: PublicRelease) -> PublicSettings:
    settings = release.area.public
    assert settings is not None, "an area without public settings publishes nothing to everyone"
    return settings


def made_at(release: PublicRelease) -> dt.datetime:
    """When the figures came out; files say this and not when they were made."""
    return dt.datetime.combine(release.published_on, dt.time())


def edition_words(release: PublicRelease) -> str:
    """`Summer term 2025/26, version 1.0, published 15 October 2026`."""
    return f"{release.label}, published {day_words(release.published_on.isoformat())}"


def next_words(release: PublicRelease) -> str:
    """When new figures come; "" when nobody has named a day."""
    if release.next_on is None:
        return ""
    return f"New figures come out on {day_words(release.next_on.isoformat())}."


def licence_code(release: PublicRelease) -> str:
    """The licence’s name in lists of open licences; "" for one that is not there."""
    is_open = settings_of(release).licence == OPEN_GOVERNMENT_LICENCE
    return "OGL-UK-3.0" if is_open else ""


def attribution(release: PublicRelease) -> str:
    """What somebody writes who uses the figures again."""
    settings = settings_of(release)
    return f"Source: {release.area.partnership}, {release.label}, {settings.licence}."


def symbol_entries() -> Iterator[tuple[str, str]]:
    """Every symbol and its meaning."""
    for symbol in Symbol:
        yield symbol.value, symbol.meaning
    yield "empty", "no figure"


def source_lines(figures: Iterable[PublicFigure]) -> list[str]:
    """Who sent or published them, in which release, as it was on which day; each once."""
    newest: dict[str, PublicFigure] = {}
    for one in figures:
        held = newest.get(one.source)
        if held is None or (held.as_at_on, held.version) < (one.as_at_on, one.version):
            newest[one.source] = one
    return [
        f"{one.source}, newest: {_version(one.version)}, as at {day_words(one.as_at_on)}"
        for one in sorted(newest.values(), key=lambda one: (not one.invented, one.source))
    ]


def _version(version: str) -> str:
    name, _, number = version.rpartition(" v")
    term = parse_term(name) if name else None
    return f"release of {term.title}, version {number}" if term else version


def correction_entries(
    corrected: Iterable[Corrected],
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each notice: how it begins, and its parts with their headings."""
    for one in corrected:
        lead = notice_lead(one.kind, one.term, one.written_on.isoformat())
        parts = notice_parts(one.kind, one.what, one.found_on.isoformat(), one.cause, one.effect)
        yield lead, list(parts)
