"""The feed of what a person chose, as Atom: what their page says, for a reader of theirs."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from markupsafe import Markup

from dashboard.alerts.told import Entry, Told
from dashboard.downloads.measure_book import HANDLING, INVENTED
from schemas.area_settings import AreaSettings

PATH = "/partner/feed/{code}.atom"
_LONG_AGO = "2000-01-01T00:00:00+00:00"  # of a feed that nothing stands in yet
_BEGAN = "2026-01-01"  # from when the names of feeds are ours to give


def build_feed(area: AreaSettings, told: Sequence[Told], site: str, host: str) -> bytes:
    """The same bytes for the same digests, whenever it is asked for.

    Args:
        site: where the server is, such as `https://send.example.gov.uk`.
        host: its name without the port, by which entries are named for good.
    """
    feed = FeedGenerator()
    feed.id(f"tag:{host},{_BEGAN}:alerts/{area.code}")
    feed.title(f"{area.site_name}: what you are told of")
    feed.subtitle(area.partnership)
    feed.author(name=area.partnership)
    feed.language("en-GB")
    feed.rights(HANDLING)
    feed.generator("SEND dashboard")
    feed.link(href=f"{site}{PATH.format(code=area.code)}", rel="self", type="application/atom+xml")
    feed.link(href=f"{site}/staff/{area.code}/alerts", rel="alternate", type="text/html")
    feed.updated(_time(max((one.changed_at for one in told), default=_LONG_AGO)))
    for one in told:
        feed.add_entry(_entry(area, one, site, host), order="append")
    content: bytes = feed.atom_str(pretty=False)
    return content


def _entry(area: AreaSettings, one: Told, site: str, host: str) -> FeedEntry:
    """It keeps its name; when its figures are withdrawn, readers fetch it anew."""
    digest = one.digest
    entry = FeedEntry()
    made_on = one.kept.made_at[:10]
    entry.id(f"tag:{host},{made_on}:alerts/{area.code}/{one.kept.id}")
    entry.title(one.title)
    entry.link(href=f"{site}/staff/{area.code}/alerts#digest-{one.kept.id}", rel="alternate")
    entry.published(_time(digest.happened_at))
    entry.updated(_time(one.changed_at))
    entry.rights(HANDLING)
    entry.content("".join(_content(one, site)), type="html")
    return entry


def _content(one: Told, site: str) -> Iterator[str]:
    yield from _paragraphs([one.withdrawn, one.corrected])
    if one.withdrawn:
        return
    invented = INVENTED if one.digest.invented else ""
    yield from _paragraphs([invented, one.digest.said, one.looked])
    for entry in one.entries:
        yield from _measure(entry, site)
    if not one.entries:
        yield Markup('<p><a href="{}">What was published</a></p>').format(
            f"{site}{one.digest.address}"
        )
    yield from _paragraphs([HANDLING])


def _measure(entry: Entry, site: str) -> Iterator[str]:
    yield Markup('<h3><a href="{}">{}</a></h3>').format(f"{site}{entry.address}", entry.title)
    yield Markup("<ul>{}</ul>").format(
        Markup("").join(
            Markup("<li><strong>{}.</strong> {}</li>").format(phrase, words)
            for phrase, words in entry.said
        )
    )
    yield from _paragraphs([entry.figure, entry.chart])


def _paragraphs(said: Iterable[str]) -> Iterator[str]:
    yield from (Markup("<p>{}</p>").format(one) for one in said if one)


def _time(stored: str) -> dt.datetime:
    return dt.datetime.fromisoformat(stored)
