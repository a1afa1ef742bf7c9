"""The first page of the open data: what there is, how to use it, and every measure’s newest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.public.data.about import correction_entries
from dashboard.public.data.bulk import Bulk, TidyFile
from dashboard.public.data.downloads import Link, download
from dashboard.public.data.render import page_file
from dashboard.public.files import PublicFile
from dashboard.public.release import PublicRelease
from dashboard.view import MeasureView
from dashboard.words.periods import period_words
from dashboard.words.sentences import theme_words
from dashboard.words.values import capital, figure_words


@dataclass(frozen=True)
class Listed:
    """One measure of the list; `weak` when its figure is a word and not a number."""

    url: str
    title: str
    figure: str
    when: str
    weak: bool


@dataclass(frozen=True)
class TidyLinks:
    """A file in the DfE’s layout and the one that describes it."""

    about: str
    data: Link
    meta: Link


def index_page(
    release: PublicRelease,
    views: Sequence[MeasureView],
    bulk: Bulk,
) -> PublicFile:
    """`data/index.html`."""
    return page_file(
        release,
        "",
        "data/index.html",
        title=f"SEND in {release.area.name}: open data",
        themes=_themes(views),
        bulk=bulk.links,
        tidy=[*map(_tidy_links, bulk.tidy)],
        corrections=[*correction_entries(release.corrected)],
    )


def _tidy_links(one: TidyFile) -> TidyLinks:
    about = one.table.about
    return TidyLinks(about, download(one.data, about), download(one.meta, "columns"))


def _themes(views: Sequence[MeasureView]) -> dict[str, list[Listed]]:
    found: dict[str, list[Listed]] = {}
    for view in views:
        found.setdefault(theme_words(view.measure.theme), []).extend(_listed(view))
    return found


def _listed(view: MeasureView) -> Iterator[Listed]:
    measure, latest = view.measure, view.latest
    if latest is None:
        yield Listed(f"{measure.id}/", measure.title, "Published figures only", "", True)
        return
    about = f"{view.headline_label}, " if view.headline_label else ""
    when = capital(about + period_words(latest.period, measure.basis))
    weak = latest.value is None
    words = capital(figure_words(latest, measure))
    yield Listed(f"{measure.id}/", measure.title, words, when, weak)
