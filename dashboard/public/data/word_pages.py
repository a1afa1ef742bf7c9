"""The methods note and the data dictionary as pages."""

from collections.abc import Iterable

from dashboard.public.data.downloads import download
from dashboard.public.data.methods import method_sections
from dashboard.public.data.render import page_file
from dashboard.public.files import PublicFile
from dashboard.public.release import PublicRelease
from dashboard.words.definition import definition_entries, keeping_entries, limits_entries
from dashboard.words.sentences import theme_words
from schemas.measure import Measure


def methods_page(release: PublicRelease) -> PublicFile:
    """`data/methods/index.html`."""
    return page_file(
        release,
        "methods/",
        "data/methods.html",
        title="How the figures are made",
        sections=[*method_sections(release)],
    )


def dictionary_page(
    release: PublicRelease, measures: Iterable[Measure], dictionary: PublicFile
) -> PublicFile:
    """`data/dictionary/index.html`."""
    return page_file(
        release,
        "dictionary/",
        "data/dictionary.html",
        title="Data dictionary",
        download=download(dictionary, "Download the data dictionary", "../"),
        entries=[
            (
                one,
                theme_words(one.theme),
                [*definition_entries(one), *limits_entries(one), *keeping_entries(one)],
            )
            for one in measures
        ],
    )
