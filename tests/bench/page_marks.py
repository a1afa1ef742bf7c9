"""Where to look in each page, in one place: what must be there before it counts as shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

AREA = "E06000005"
MEASURE = "ehcp_20w_excl"
OTHER = "ehcp_20w_incl"


@dataclass(frozen=True)
class Marks:
    """`readable` and `charts` are reached when there is one of each selector; of those in `every`,
    as many as there are when the page has come to rest. `differs` are the texts that a change of
    measure replaces; `choose` are the clicks that change it."""

    readable: tuple[str, ...]
    charts: tuple[str, ...] = ()
    every: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    choose: tuple[str, ...] = ()

    def stages(self, counts: Mapping[str, int]) -> dict[str, list[tuple[str, int]]]:
        """What the page's watcher needs: for each stage, selectors and how many of each."""
        readable = [(one, counts.get(one, 1)) for one in (*self.readable, *self.every)]
        return {"readable": readable, "charts": [(one, 1) for one in self.charts]}


@dataclass(frozen=True)
class Way:
    """One of the sites that are set side by side, and where its pages are."""

    measure: str
    overview: str
    measure_marks: Marks
    overview_marks: Marks = field(default_factory=lambda: Marks(()))


OURS = Way(
    measure=f"/dashboard/{AREA}/measure/{MEASURE}",
    overview=f"/dashboard/{AREA}/",
    measure_marks=Marks(
        readable=("main h1", "main .headline", "main figure svg", "main table, main details"),
        charts=(".js-plotly-plot .main-svg .trace",),
        differs=("main h1",),
        choose=(f'main a[href*="/measure/{OTHER}"]',),
    ),
    overview_marks=Marks(
        readable=("main h1", "footer"), every=("main svg", 'main a[href*="/measure/"]')
    ),
)
PLAIN = Way(
    measure=f"/{AREA}/measure/{MEASURE}",
    overview=f"/{AREA}/",
    measure_marks=Marks(
        readable=("#headline h2", "#table table"),
        charts=("#trend .trace", "#bars .trace", "#multiples .trace"),
        differs=("#headline h2", "#trend .gtitle", "#bars .gtitle", "#multiples .gtitle"),
        choose=("#measure", "text={other}"),
    ),
    overview_marks=Marks(readable=(), every=(".tile", ".tile .scatterlayer .trace")),
)
