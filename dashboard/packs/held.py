"""Held: everything a pack is made of, read once; the same records that the pages are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.address import Address
from dashboard.analysis.verdict import Verdicts, judge
from dashboard.edition import Edition
from dashboard.packs.pack import Numbers, OwnersWords
from dashboard.pages.notices import Notice
from dashboard.view import Breakdown, MeasureView
from dashboard.views.gaps import SenGap
from dashboard.views.overview import Group
from dashboard.words.attention import attention_phrase
from schemas.area_settings import AreaSettings

EXPLAINED = "Explained by its owner"


@dataclass(frozen=True)
class Figures:
    """One edition's measures: `groups` under the partnership's priorities as the overview has
    them, `judged` as the overview judges them, `versions` of the definitions the area's own figures
    were counted by, `words` for the edition."""

    words: str
    groups: tuple[Group, ...]
    judged: Mapping[str, Verdicts]
    versions: Mapping[str, int]

    @property
    def views(self) -> dict[str, MeasureView]:
        """Every measure once, by id, in the order of the groups."""
        return {view.measure.id: view for group in self.groups for view in group.views}

    @property
    def needing(self) -> list[str]:
        """The measures that need attention, in the order of the groups."""
        return [name for name in self.views if self.judged[name].attention]


@dataclass(frozen=True)
class Held:
    """`address` is the area's overview in this edition, `term` the newest one held. `views` are
    the measures as their pages show them. By measure: `commentary` is what owners say (terms and
    days as they are kept), `beside` the explanations that stand beside charts, `by_year` what
    publishers say of the area's groups, `left_out` what everyone is told of figures that are not
    shown at all. `notices` are the corrections this edition shows, `since` those that the edition
    before did not have yet."""

    address: Address
    edition: Edition
    numbers: Numbers
    term: str
    now: Figures
    before: Figures | None
    views: Mapping[str, MeasureView]
    commentary: Mapping[str, tuple[OwnersWords, ...]]
    beside: Mapping[str, tuple[str, ...]]
    by_year: Mapping[str, tuple[Breakdown, ...]]
    left_out: Mapping[str, tuple[str, ...]]
    notices: tuple[Notice, ...]
    since: tuple[Notice, ...]
    sen: tuple[SenGap, ...]
    invented: bool

    @property
    def area(self) -> AreaSettings:
        return self.address.area

    @property
    def nothing(self) -> str:
        """What is said where a measure has no figure at all."""
        return "Not sent yet" if self.numbers == "true" else "Not shown"

    def whole(self, url: str) -> str:
        """An address of ours with where this site stands, where the settings say it."""
        return f"{self.area.public.address if self.area.public else ''}{url}"

    def attention(self, measure_id: str) -> tuple[str, ...]:
        """Why a measure needs attention, as the overview says it."""
        found = [attention_phrase(one) for one in self.now.judged[measure_id].attention]
        return (*found, *([EXPLAINED] if self.explained(measure_id) else []))

    def explained(self, measure_id: str) -> bool:
        """Whether its owner has written about the newest term."""
        return any(one.term == self.term for one in self.commentary.get(measure_id, ()))

    def only(self, names: set[str]) -> "Held":
        """The same with some of the measures."""
        return replace(
            self,
            now=_only(self.now, names),
            before=_only(self.before, names) if self.before else None,
            views={name: view for name, view in self.views.items() if name in names},
        )


def judge_groups(
    groups: tuple[Group, ...], area: AreaSettings, words: str, versions: Mapping[str, int]
) -> Figures:
    """An edition's measures, judged as the overview judges them."""
    views = {view.measure.id: view for group in groups for view in group.views}
    judged = {name: judge(view, screened=area.screened_limits) for name, view in views.items()}
    return Figures(words, groups, judged, versions)


def _only(figures: Figures, names: set[str]) -> Figures:
    kept = (
        Group(group.title, tuple(one for one in group.views if one.measure.id in names))
        for group in figures.groups
    )
    return replace(
        figures,
        groups=tuple(group for group in kept if group.views),
        judged={name: one for name, one in figures.judged.items() if name in names},
    )
