"""The published years of an area that `?year=2024` may ask its measure's page to look at."""

from collections.abc import Iterator

from dashboard.address import Address
from dashboard.pages.shell import Link
from dashboard.view import MeasureView

_MOST = 6


def published_year(address: Address, view: MeasureView) -> str:
    """The year that is asked for; "" for the newest and for one that is not published."""
    year = address.query.get("year", "")
    return year if year in _years(view)[1:] else ""


def year_links(address: Address, view: MeasureView) -> Iterator[Link]:
    """The newest year without a key in the address, so that its link stays right next year."""
    years, chosen = _years(view), published_year(address, view)
    for year in years[:_MOST]:
        key = "" if year == years[0] else year
        yield Link(year.replace("-", "/"), address.with_query(year=key).url, key == chosen)


def _years(view: MeasureView) -> list[str]:
    """Those of the area's own published line, the newest first."""
    lines = [line for line in view.comparators if line.key == "published"]
    if not lines:
        return []
    newest = max(lines, key=lambda line: line.points[-1].end)
    return [point.period for point in reversed(newest.points) if point.value is not None]
