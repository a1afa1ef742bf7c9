"""The tables, read with pandas as most people read them."""

import pandas as pd
from sqlalchemy import Engine, bindparam, text

from schemas.area import ENGLAND
from schemas.area_settings import load_area_settings
from schemas.extract import ALL
from schemas.measure import Measure

ANNUAL = ("calendar_year", "academic_year", "financial_year", "snapshot")
_COLUMNS = (
    "o.measure_id, o.area_code, o.period, o.period_end, o.basis, o.breakdown, o.category,"
    " o.numerator, o.denominator, o.value, o.symbol, o.vintage_id"
)
_OWN = (
    f"SELECT {_COLUMNS} FROM release r"
    " JOIN release_version v ON v.release_id = r.id"
    " JOIN observation o ON o.release_version_id = v.id"
    " WHERE r.area_code = :area AND v.state IN ('published', 'corrected')"
    " AND o.superseded_by_id IS NULL"
)
_OWN_MEASURE = text(f"{_OWN} AND o.measure_id = :measure")
_OWN_ALL = text(_OWN)
_PUBLISHED = text(
    f"SELECT {_COLUMNS} FROM observation o"
    " WHERE o.measure_id = :measure AND o.vintage_id IS NOT NULL"
)
_ENGLAND = text(
    f"SELECT {_COLUMNS} FROM observation o WHERE o.measure_id IN :measures"
    " AND o.area_code = :england AND o.vintage_id IS NOT NULL"
).bindparams(bindparam("measures", expanding=True))
_NEIGHBOURS = text("SELECT model, neighbour_code FROM neighbour WHERE area_code = :area")


def read_measure(engine: Engine, area: str, measure: str) -> pd.DataFrame:
    """One measure: the area's own published terms, and what publishers say of everyone."""
    given = {"area": area, "measure": measure}
    with engine.connect() as connection:
        own = pd.read_sql(_OWN_MEASURE, connection, params=given)
        published = pd.read_sql(_PUBLISHED, connection, params={"measure": measure})
    return _tidy(pd.concat([own, published]))


def read_area(engine: Engine, area: str, measures: list[str]) -> pd.DataFrame:
    """Every measure's figures of one area and of England."""
    with engine.connect() as connection:
        own = pd.read_sql(_OWN_ALL, connection, params={"area": area})
        given = {"measures": measures, "england": ENGLAND}
        england = pd.read_sql(_ENGLAND, connection, params=given)
    return _tidy(pd.concat([own, england]))


def read_neighbours(engine: Engine, area: str) -> list[str]:
    with engine.connect() as connection:
        frame = pd.read_sql(_NEIGHBOURS, connection, params={"area": area})
    frame = frame[frame["model"] == load_area_settings()[area].neighbour_model]
    return list(frame["neighbour_code"])


def own_terms(frame: pd.DataFrame, area: str, measure: Measure) -> pd.DataFrame:
    """The area's own terms on the measure's basis, whole and by each breakdown."""
    own = frame[(frame["area_code"] == area) & frame["vintage_id"].isna()]
    return own[(own["basis"] == measure.basis) & own["period"].str.contains(" ")]


def headline(frame: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    about = measure.headline
    return frame[(frame["breakdown"] == about.breakdown) & (frame["category"] == about.category)]


def comparators(
    frame: pd.DataFrame, area: str, neighbours: list[str], measure: Measure
) -> pd.DataFrame:
    """England, the region and the neighbours' mean, as published."""
    published = headline(frame[frame["vintage_id"].notna()], measure)
    published = published[published["basis"].isin(ANNUAL)]
    published = published.drop_duplicates(["area_code", "period", "basis"], keep="last")
    region = load_area_settings()[area].region_code
    names = {ENGLAND: "England", region: "Region"}
    beside = published[published["area_code"].isin(names)].copy()
    beside["series"] = beside["area_code"].map(names)
    near = published[published["area_code"].isin(neighbours)]
    near = near.groupby(["period", "period_end"])["value"].mean().reset_index()
    return pd.concat([beside, near.assign(series="Neighbours")])


def breakdown_of(own: pd.DataFrame) -> pd.DataFrame:
    """The first breakdown there is."""
    names = [name for name in own["breakdown"].unique() if name != ALL]
    return own[own["breakdown"] == names[0]] if names else own


def _tidy(frame: pd.DataFrame) -> pd.DataFrame:
    frame["period_end"] = pd.to_datetime(frame["period_end"])
    return frame.sort_values(["period_end", "vintage_id"], na_position="first")
