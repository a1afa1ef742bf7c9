"""The figures that every area gets: those of the demonstration, three times as many terms long."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import RowMapping, select

from schemas.database import Database
from schemas.measure import load_measures
from schemas.observation import Observation
from schemas.plan_tables import plan_action, plan_area, plan_path
from schemas.tables import commentary, extract_file, observation, release, release_version
from schemas.term import Term, parse_term

_YEARS = 4  # what the demonstration's terms are moved back by, so that leap days stay leap days
_WRITTEN = (plan_area, plan_action, plan_path)


@dataclass(frozen=True)
class Pattern:
    """One area as the program stored it: figures by term, the file, and what people wrote."""

    own: str
    terms: Mapping[str, tuple[Observation, ...]]
    file: RowMapping
    comments: tuple[RowMapping, ...]
    plan: Mapping[str, tuple[RowMapping, ...]]
    published: tuple[tuple[object, ...], ...]

    @cached_property
    def newest(self) -> Term:
        found = parse_term(max(self.terms))
        assert found is not None
        return found

    def of_term(self, term: Term, code: str, times: int) -> Iterator[Observation]:
        """An area's figures of a term. Counts are so many times as large, so that parts still add
        up and rates stay; terms before the demonstration's are its own, four or eight years back.
        """
        back = -(-max(0, min(map(_first_year, self.terms)) - term.start_year) // _YEARS) * _YEARS
        label = Term(term.start_year + back, term.season).label
        for one in self.terms[label]:
            yield _moved(one._replace(area_code=code), back, times)


def read_pattern(database: Database, own: str) -> Pattern:
    """Everything that is current of an area of a database that the program itself filled."""
    fields = [observation.c[name] for name in Observation._fields]
    local = (
        select(release.c.term, *fields)
        .join(release_version, release_version.c.id == observation.c.release_version_id)
        .join(release, release.c.id == release_version.c.release_id)
        .where(release.c.area_code == own, observation.c.superseded_by_id.is_(None))
    )
    of_publishers = select(observation.c.vintage_id, *fields).where(
        observation.c.vintage_id.is_not(None), observation.c.area_code == own
    )
    terms: dict[str, list[Observation]] = {}
    with database.reading() as connection:
        for label, *row in connection.execute(local):
            terms.setdefault(label, []).append(Observation(*row))
        return Pattern(
            own,
            {label: tuple(sorted(ones)) for label, ones in terms.items()},
            connection.execute(select(extract_file).limit(1)).mappings().one(),
            tuple(connection.execute(select(commentary)).mappings()),
            {t.name: tuple(connection.execute(select(t)).mappings()) for t in _WRITTEN},
            tuple(tuple(row) for row in connection.execute(of_publishers)),
        )


def _first_year(label: str) -> int:
    return int(label[:4])


def _moved(one: Observation, years: int, times: int) -> Observation:
    derive = load_measures()[one.measure_id].source.derive
    times = 1 if derive in ("maximum", "only") else times  # a longest wait is no count
    return one._replace(
        period=_earlier(one.period, years),
        period_start=_earlier(one.period_start, years),
        period_end=_earlier(one.period_end, years),
        numerator=one.numerator and one.numerator * times,
        denominator=one.denominator and one.denominator * times,
        value=one.value and one.value * (times if derive == "sum" else 1),
    )


def _earlier(text: str, years: int) -> str:
    """A term, month or day so many years before."""
    year = int(text[:4]) - years
    return f"{year}-{(year + 1) % 100:02d}{text[7:]}" if " " in text else f"{year}{text[4:]}"
