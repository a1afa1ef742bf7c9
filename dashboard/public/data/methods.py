"""The methods note: how the figures are made and kept safe, in plain words, for everyone."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.downloads.spreadsheet import Entry
from dashboard.public.data.about import attribution, next_words, settings_of
from dashboard.public.release import PublicRelease
from dashboard.words.values import listed
from schemas.extracts import load_extracts


@dataclass(frozen=True)
class Section:
    """A part of the note. `id` is its anchor."""

    id: str
    heading: str
    paragraphs: tuple[str, ...]


def method_entries(release: PublicRelease) -> Iterator[Entry]:
    """The same note as rows of a workbook."""
    for section in method_sections(release):
        yield section.heading, " ".join(section.paragraphs)


def method_sections(release: PublicRelease) -> Iterator[Section]:
    yield _sources(release)
    yield from _PRIVACY
    yield _coarsened(release)
    yield from _COUNTING
    yield _beside(release)
    yield from _QUALITY
    yield _coming(release)
    yield _licence(release)
    yield _contact(release)


def _sources(release: PublicRelease) -> Section:
    sheets = [one.sheet for one in load_extracts().values() if one.id in release.area.extracts]
    senders = listed(release.area.organisations)
    return Section(
        "sources",
        "Where the figures come from",
        (
            f"Once a term {senders} send counts: never names, and never a row about one child. "
            "Every file is checked by the system cell by cell. A second person checks the term’s "
            "release, the partnership agrees it, and then it is published.",
            f"What is sent: {listed([f'“{name}”' for name in sheets])}.",
            "Figures of England, of regions and of other councils are those that the Department "
            "for Education, the Ministry of Justice and NHS England have published. They are shown "
            "as published and are never added up from councils.",
        ),
    )


_PRIVACY = (
    Section(
        "privacy",
        "How small numbers are kept safe",
        (
            "A small number can point at a child. So a count of 1, 2, 3 or 4 children, plans or "
            "events in education and care is hidden. The rule is called “t = 5”: the smallest "
            "count that is shown is 5. Nought is shown.",
            "A percentage or a rate is hidden when one of the two counts behind it is hidden, when "
            "it is out of fewer than 10, or when the part that is left over is from 1 to 4. An "
            "average is hidden when the number it is made of is.",
            "Counts of the NHS follow the NHS’s own rule: 1 to 7 is hidden, and every other count "
            "is rounded to the nearest 5. Percentages are worked out from the rounded counts. "
            "Averages, middle and longest waits are shown for 8 children or more.",
            "Hiding one number is not always enough: it could be found by taking the others from "
            "the total. So other numbers are hidden with it. A computer then plays the part of "
            "somebody who knows every number that is shown, in this publication, in earlier ones "
            "and in national statistics, and tries to work out each hidden count. The figures are "
            "published only when at least five different numbers stay possible for it.",
            "A number that was hidden once stays hidden in later publications.",
            "There is one symbol for all of these, c, “hidden to protect privacy”. It does not say "
            "how small the number is, and a larger number may be behind it. Nothing of a hidden "
            "number is left in the pages, the charts or the files.",
        ),
    ),
)


def _coarsened(release: PublicRelease) -> Section:
    titles = release.measures
    said = tuple(f"{titles[one.measure_id].title}: {one.words}" for one in release.left_out)
    return Section(
        "left-out",
        "What is not shown at all",
        (
            "Figures of single months are for the partnership only, and so are the school year to "
            "date and three terms together by every group: each further sum is another way to work "
            "out a small part of it.",
            "Where hiding single numbers cannot protect children, or would hide more than 30% of a "
            "table, groups are put together (“other needs”), or the table is left out.",
            *(said or ("In this publication nothing is left out in this way.",)),
        ),
    )


_COUNTING = (
    Section(
        "rounding",
        "Rounding",
        (
            "Pages show as many decimals as each measure is defined with. Files hold the figures "
            "unrounded, so that you can work with them. Figures of the NHS are rounded before "
            "anything else, in pages and files alike. Because of rounding, parts may not add up to "
            "their total.",
        ),
    ),
    Section(
        "periods",
        "Terms and years",
        (
            "The autumn term is counted from 1 September to 31 December, the spring term from "
            "1 January to 30 April, and the summer term from 1 May to 31 August. Absence, "
            "suspensions and exclusions follow the Department for Education’s terms, which turn at "
            "Easter.",
            "Some numbers are of one day, the last of the term (“snapshot”). Some are of "
            "everything that happened in it (“in the term”). “School year to date” adds the terms "
            "since September, “three terms” the last three.",
            "Publishers count some of the same things over calendar years, school years or on a "
            "day in January. Such figures stand at their own time and are never carried forward.",
        ),
    ),
)


def _beside(release: PublicRelease) -> Section:
    area = release.area
    return Section(
        "beside",
        "What figures are set beside",
        (
            f"Statistical neighbours are ten councils like {area.name}, as the Department for "
            f"Education’s {area.neighbour_model} model names them. Their figure is the "
            f"{area.neighbour_method} of those that have one, and each page says how many do. It "
            "is our own sum and not a published figure.",
            "A benchmark that is counted in another way is named as context and not drawn.",
        ),
    )


_QUALITY = (
    Section(
        "uncertainty",
        "How sure the figures are",
        (
            "Small areas have small numbers, which go up and down by chance. Where a chart draws "
            "upright lines through its marks, they are 95% intervals: what chance alone could make "
            "of the figure. An interval is never shown for a hidden figure.",
            "A rate of fewer than 20 is weak: one child more or less moves it by more than 5 "
            "percentage points. Pages say so. In the files in the Department for Education’s "
            "layout such a rate has the symbol u, with the two counts beside it.",
        ),
    ),
    Section(
        "quality",
        "How good the figures are",
        (
            "The system checks that parts add up to totals, that plans at the start of a term and "
            "those that came and went give the plans at its end, that years to date grow, that no "
            "share is above 100%, and that large changes are explained. Each page names what was "
            "not sent.",
            "The figures are management information of the partnership. They are not official "
            "statistics. “Provisional” figures may still change.",
        ),
    ),
    Section(
        "revisions",
        "Revisions and corrections",
        (
            "Nothing that is published is changed silently. A revision is planned: provisional "
            "figures become final. A correction mends a mistake. Both come out as a new version "
            "with a notice that says what was wrong, since when, why, and what it changes.",
            "Every version keeps its own address. An older one says at its top that there is a "
            "newer one. If figures could harm somebody, they are taken away at once.",
        ),
    ),
)


def _coming(release: PublicRelease) -> Section:
    dated = next_words(release) or "No day has been named for the next figures yet."
    return Section("next", "When new figures come", (f"Figures come out once a term. {dated}",))


def _licence(release: PublicRelease) -> Section:
    return Section(
        "licence",
        "Licence",
        (
            f"You may copy and use the figures under the {settings_of(release).licence}. Please "
            f"write: “{attribution(release)}”",
        ),
    )


def _contact(release: PublicRelease) -> Section:
    settings = settings_of(release)
    ways = [
        *([f"Phone: {settings.comment_phone}."] if settings.comment_phone else []),
        *([f"Post: {settings.comment_post}."] if settings.comment_post else []),
        *([f"Email: {settings.accessibility.email}."] if settings.accessibility.email else []),
    ]
    return Section(
        "contact",
        "Questions and mistakes",
        (f"If a figure looks wrong, tell {release.area.partnership}.", *ways),
    )
