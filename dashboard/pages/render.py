"""Pages → HTML, by templates that escape everything they are given."""

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment

from dashboard.address import PREFIX
from dashboard.pages.page import Page
from dashboard.pages.site import Site
from dashboard.templating import drawn, page_templates
from dashboard.words.periods import day_words
from dashboard.words.values import capital

OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


def render_page(site: Site, page: Page) -> str:
    """The whole HTML document."""
    return render(site, page.template, title=page.title, status=page.status, **page.facts)


def render(site: Site, template: str, **facts: Any) -> str:
    """Any template with what all of them know: where files are, and what Dash needs."""
    return (
        _templates()
        .get_template(template)
        .render(**facts, assets=site.assets, explorer=site.explorer, prefix=PREFIX, licence=OGL)
    )


def figure_json(wide: Mapping[str, Any], narrow: Mapping[str, Any]) -> str:
    """The figures of a page's interactive chart for its script; `<` is written so that it cannot
    end the element it stands in."""
    figures = {"wide": wide, "narrow": narrow}
    return json.dumps(figures, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")


@cache
def _templates() -> Environment:
    return page_templates(drawn=drawn, capital=capital, day=_day)


def _day(day: dt.date | str) -> str:
    return day_words(day if isinstance(day, str) else day.isoformat())
