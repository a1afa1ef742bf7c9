"""What the front page says beside its topics: its title, what SEND is, when it is made anew."""

import datetime as dt
from collections.abc import Iterable

from dashboard.public.easy_read.content import Row
from dashboard.public.easy_read.misfit import filled
from dashboard.public.release import PublicRelease
from dashboard.words.easy_read.catalogue import Catalogue, fill, load_catalogue
from dashboard.words.easy_read.dates import day_in_full
from dashboard.words.easy_read.glossary import Beside, explained

FRONT = "front"


def title(release: PublicRelease, catalogue: Catalogue) -> str:
    """`SEND in Darlington: Autumn 2025`: the season and the calendar year of the term."""
    season = catalogue.calendar.seasons[release.term.season.name]
    return filled(
        FRONT,
        catalogue.front["title"],
        area=release.area.name,
        Season=season[:1].upper() + season[1:],
        year=str(release.term.year),
    )


def intro(release: PublicRelease, catalogue: Catalogue) -> tuple[Row, ...]:
    """What the pages are about, and how numbers are said in them."""
    said = catalogue.front
    rows = [
        Beside("child", (said["intro_send"], said["intro_need"])),
        Beside("child", (said["intro_ten"], said["intro_think"])),
    ]
    return as_rows(explained(rows, catalogue.hard_words, set()))


def makers(release: PublicRelease, catalogue: Catalogue) -> tuple[Row, ...]:
    """Who made the pages; it stands after what people came for."""
    said = filled(FRONT, catalogue.front["intro_who"], area=release.area.name)
    return as_rows(explained([Beside("speech", (said,))], catalogue.hard_words, set()))


def as_rows(besides: Iterable[Beside]) -> tuple[Row, ...]:
    return tuple(Row(one.picture, one.sentences) for one in besides)


def updated(release: PublicRelease, catalogue: Catalogue) -> str:
    day = day_in_full(release.published_on, catalogue)
    return filled(FRONT, catalogue.front["updated"], day=day)


def next_update(release: PublicRelease, catalogue: Catalogue) -> str:
    """The day that was announced, in words that stay true when it has passed."""
    if release.next_on is None:
        return catalogue.front["next_unknown"]
    return filled(FRONT, catalogue.front["next"], day=day_in_full(release.next_on, catalogue))


def late_words(next_on: dt.date | None, today: dt.date, catalogue: Catalogue | None = None) -> str:
    """`This is late.` once the announced day has passed, else "". A page is made before that day
    comes, so whoever serves it asks this too."""
    is_late = next_on is not None and today > next_on
    return (catalogue or load_catalogue()).front["late"] if is_late else ""


def late_words_in_full(next_on: dt.date | None, today: dt.date) -> tuple[str, ...]:
    """The same for a page that says it by itself: what was promised, and that it is late."""
    said, late = load_catalogue(), late_words(next_on, today)
    if next_on is None or not late:
        return ()
    return fill(said.front["promised"], day=day_in_full(next_on, said)), late


def checked(release: PublicRelease, catalogue: Catalogue) -> str:
    """Which group with learning disabilities checked the pages and when, or that none did yet."""
    reviewed = release.area.public.reviewed if release.area.public else None
    if reviewed is None:
        return catalogue.front["not_checked"]
    day = day_in_full(reviewed.on, catalogue)
    return filled(FRONT, catalogue.front["checked"], by=reviewed.by, day=day)


def invented(release: PublicRelease, catalogue: Catalogue) -> str:
    return catalogue.front["invented"] if release.invented else ""
