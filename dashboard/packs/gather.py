"""Gathers a pack: what is read once, put in the order that its template has."""

from collections.abc import Sequence

from sqlalchemy import Connection

from dashboard.address import Address
from dashboard.downloads.measure_book import HANDLING, INVENTED, edition_words
from dashboard.edition import Edition
from dashboard.packs.asked import Asked, of_theme, subtitle_of, title_of
from dashboard.packs.attention import (
    attention_intro,
    attention_pages,
    list_page,
    measure_pages,
    owners_page,
)
from dashboard.packs.changes import changes_page
from dashboard.packs.held import Held
from dashboard.packs.looked_at import looked_at_words
from dashboard.packs.methods import methods_pages, short_methods_page
from dashboard.packs.pack import MeasurePage, Pack, PackPage, Section, WordsPage
from dashboard.packs.profile import profile_sections, profiled
from dashboard.packs.protected import read_protected
from dashboard.packs.quality import quality_pages
from dashboard.packs.reading import read_true
from dashboard.packs.short_quality import short_quality_page
from dashboard.packs.summary import summary_page
from dashboard.releases.uk_time import uk_day
from dashboard.settings import Settings
from schemas.area_settings import AreaSettings
from schemas.database import Database

PROTECTED = "Protected figures, as everyone may see them: small numbers are hidden."


def build_pack(
    database: Database, settings: Settings, area: AreaSettings, edition: Edition, asked: Asked
) -> Pack:
    """The same for the same edition, whenever it is asked for.

    Raises:
        PackRefused: protected figures of an edition that was not published to everyone.
    """
    with database.reading() as connection:
        held = _read(connection, settings, area, edition, asked)
    measures = settings.measures_of(area)
    if asked.template == "theme":
        held = held.only({one.id for one in of_theme(area, measures, asked.theme)})
    if asked.template == "profile":
        held = profiled(held)
    return Pack(
        kind=asked.template,
        title=title_of(asked),
        subtitle=subtitle_of(asked, area, measures),
        partnership=area.partnership,
        edition=edition_words(edition),
        published_on=uk_day(edition.published_at),
        numbers=asked.numbers,
        marking=HANDLING if asked.numbers == "true" else PROTECTED,
        invented=INVENTED if held.invented else "",
        url=held.whole(pack_address(area, edition, asked).url),
        logo=area.logo,
        logo_words=area.logo_words,
        sections=tuple(_sections(held, asked)),
    )


def pack_address(area: AreaSettings, edition: Edition, asked: Asked) -> Address:
    """Where exactly this pack is made again, for ever."""
    query = {
        "template": asked.template,
        "theme": asked.theme,
        "numbers": asked.numbers,
        "edition": str(edition.name),
    }
    return Address(area, "packs", query=query)


def _read(
    connection: Connection, settings: Settings, area: AreaSettings, edition: Edition, asked: Asked
) -> Held:
    address = Address(area, "overview", query={"edition": str(edition.name)})
    read = read_true if asked.numbers == "true" else read_protected
    return read(connection, settings, address, edition)


def _sections(held: Held, asked: Asked) -> Sequence[Section]:
    if asked.template == "profile":
        return [_summary(held), *profile_sections(held), *_ending(held, [*held.views])]
    if asked.template == "exceptions":
        summary = _summary(held, held.now.needing)
        return [summary, _exceptions(held), _changes(held), *_short_ending(held)]
    ending = _ending(held, [*held.views])
    return [_summary(held), _needing(held), *_measures(held), _changes(held), *ending]


def _summary(held: Held, names: Sequence[str] | None = None) -> Section:
    said = (looked_at_words(held.now.judged.values()),)
    return Section("Summary", said, (summary_page(held, names),))


def _exceptions(held: Held) -> Section:
    if not held.now.needing:
        return Section("What needs attention", attention_intro(held), ())
    pages: list[PackPage] = [owners_page(held), *attention_pages(held)]
    return Section("What needs attention", attention_intro(held), tuple(pages))


def _needing(held: Held) -> Section:
    pages = (list_page(held), owners_page(held)) if held.now.needing else ()
    return Section("What needs attention", attention_intro(held), pages)


def _measures(held: Held) -> Sequence[Section]:
    """One section for each priority; a measure stands under the first that it serves."""
    seen: set[str] = set()
    made = []
    for group in held.now.groups:
        names = [one.measure.id for one in group.views if one.measure.id not in seen]
        seen.update(names)
        pages = _with_silent(held, group.title, names)
        made += [Section(group.title, (), pages)] if pages else []
    return made


def _with_silent(
    held: Held, title: str, names: Sequence[str]
) -> tuple[MeasurePage | WordsPage, ...]:
    """The measures that have no figure at all are named, so that nobody looks for them."""
    pages = tuple(measure_pages(held, names))
    shown = {page.title for page in pages}
    titles = (held.views[name].measure.title for name in names)
    silent = tuple(one for one in titles if one not in shown)
    return (*pages, WordsPage(f"{title}: no figures to show", (), silent)) if silent else pages


def _changes(held: Held) -> Section:
    return Section("What changed since last time", (), (changes_page(held),))


def _short_ending(held: Held) -> Sequence[Section]:
    return [
        Section("Data quality", (), (short_quality_page(held),)),
        Section("Methods in short", (), (short_methods_page(held),)),
    ]


def _ending(held: Held, names: Sequence[str]) -> Sequence[Section]:
    return [
        Section("Data quality", (), quality_pages(held)),
        Section("Methods in short", (), methods_pages(held, names)),
    ]
