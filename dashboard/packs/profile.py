"""The JSNA SEND profile: the same pages in the order of a needs assessment, over all years held."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dashboard.packs.held import Held
from dashboard.packs.measure import measure_page, years_page
from dashboard.packs.pack import MeasurePage, PackPage, Section, WordsPage
from dashboard.packs.profile_gaps import gap_pages
from dashboard.packs.profile_tables import group_tables, term_tables
from dashboard.views.overview import Group

_OUTCOMES = "Outcomes"
# In the order of a needs assessment. What an area does not send is left out.
_SECTIONS: Mapping[str, Sequence[str]] = {
    "Population and prevalence": (
        "sen_support_pct",
        "ehcp_pct_pupils",
        "ehcp_active",
        "ehcp_new",
        "ehcna_requests",
    ),
    "Needs": ("ehcp_primary_need",),
    "Places": (
        "ehcp_placement",
        "ehcp_mainstream_pct",
        "ehcp_special_pct",
        "ehcp_out_of_area_pct",
        "special_places",
        "special_occupancy_pct",
    ),
    "Waits": (
        "ehcp_20w_excl",
        "ehcp_weeks_median",
        "ehcp_open_over_20w",
        "nd_waiting",
        "nd_over_104w",
        "nd_wait_median_days",
        "nd_within_18w_pct",
        "salt_waiting",
        "salt_within_18w",
        "salt_wait_mean_days",
        "ot_waiting",
        "ot_within_18w",
        "ot_wait_mean_days",
    ),
    "Attendance and exclusion": (
        "absence_overall_pct",
        "persistent_absence_pct",
        "severe_absence_pct",
        "suspension_rate",
        "pupils_suspended_pct",
        "perm_excl_rate",
        "part_time_timetable",
        "ehe_send",
        "cme_send",
    ),
    _OUTCOMES: ("send_appeal_rate", "send_tribunal_appeals", "send_mediation"),
}
_NONE_SENT = (
    "No outcomes are sent: there are no figures here on attainment, on preparing for adulthood "
    "(employment, independent living, taking part, health), or on health outcomes of children with "
    "SEND. This profile can say nothing about them, and its other figures do not stand for them.",
    "Appeals and mediation are here because they say how decisions were received, not how children "
    "do.",
)


def profiled(held: Held) -> Held:
    """The measures of the profile only, in its own order."""
    kept = held.only({name for names in _SECTIONS.values() for name in names})
    views = kept.now.views
    groups = (
        Group(title, tuple(views[name] for name in names if name in views))
        for title, names in _SECTIONS.items()
    )
    return replace(
        kept, now=replace(kept.now, groups=tuple(group for group in groups if group.views))
    )


def profile_sections(held: Held) -> Iterator[Section]:
    """From who there is to where the gaps are; quality and methods follow."""
    for title, names in _SECTIONS.items():
        sent = [name for name in names if name in held.views]
        pages = (*_statement(title), *_pages(held, title, sent))
        if pages:
            yield Section(title, _intro(held, sent), pages)
    yield Section("Gaps", (), tuple(gap_pages(held)))


def _statement(title: str) -> Iterator[PackPage]:
    if title == _OUTCOMES:
        yield WordsPage("What is known of outcomes", _NONE_SENT)


def _intro(held: Held, names: Sequence[str]) -> tuple[str, ...]:
    """What the newest figures of the first two measures are."""
    found = (measure_page(held, name) for name in names[:2])
    return tuple(f"{page.title}. {page.sentence}" for page in found if page)


def _pages(held: Held, title: str, names: Sequence[str]) -> Iterator[PackPage]:
    """Published years where there are enough, else the terms; then the terms by school year and
    the groups of children."""
    for name in names:
        page = _page(held, name)
        if page:
            yield page
    terms = tuple(table for name in names for table in term_tables(held.views[name]))
    if terms:
        yield WordsPage(f"{title}: the terms held, by school year", (), (), terms)
    groups = tuple(table for name in names for table in group_tables(held, name))
    if groups:
        yield WordsPage(f"{title}: by group, over the years", (_SEASON,), (), groups)


_SEASON = "Terms are set beside the same term of earlier years."


def _page(held: Held, name: str) -> MeasurePage | None:
    return years_page(held, name) or measure_page(held, name)
