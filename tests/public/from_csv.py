"""What everyone can read in `all.csv`, as figures again."""

import csv
import io

from dashboard.public.figures import PublicFigure

_NUMBERS = ("numerator", "denominator", "value")
_YES_NO = ("unreliable", "rounded", "invented")


def read_figures(body: bytes) -> list[PublicFigure]:
    """Every row; one marked only as unreliable has its numbers and no symbol."""
    return [_figure(row) for row in csv.DictReader(io.StringIO(body.decode("utf-8-sig")))]


def _figure(row: dict[str, str]) -> PublicFigure:
    facts: dict[str, object] = {name: row[name] for name in PublicFigure._fields}
    facts |= {name: float(row[name]) if row[name] else None for name in _NUMBERS}
    facts |= {name: row[name] == "yes" for name in _YES_NO}
    facts |= {"symbol": row["symbol"] if row["symbol"] not in ("", "u") else None}
    facts |= {"category": row["category"] or "all"}
    facts |= {"definition_version": int(row["definition_version"])}
    return PublicFigure(**facts)  # type: ignore[arg-type]
