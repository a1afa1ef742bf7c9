"""Open data pages → HTML: the same frame round each, links relative to where it stands."""

from functools import cache
from typing import Any

from jinja2 import Environment

from dashboard.public.data.about import (
    INVENTED,
    attribution,
    edition_words,
    next_words,
    settings_of,
)
from dashboard.public.data.downloads import HTML
from dashboard.public.data.style import icon_file, style_file
from dashboard.public.files import API, DATA, EASY_READ, PublicFile, door_address
from dashboard.public.release import PublicRelease
from dashboard.templating import drawn, page_templates
from dashboard.words.periods import day_words

_PLACES = (
    ("", "Open data"),
    ("methods/", "Methods"),
    ("dictionary/", "Data dictionary"),
)


def page_file(release: PublicRelease, place: str, template: str, **facts: Any) -> PublicFile:
    """A page of the door, for `data/PLACE/index.html`; its template extends `data/page.html`.

    Args:
        place: such as `methods/`; "" for the first page.
        facts: what the template asks for, `title` among them.
    """
    up = "../" * place.count("/")
    area = release.area
    html = _templates().get_template(template)
    text = html.render(
        **facts,
        release=release,
        area=area,
        settings=settings_of(release),
        up=up,
        style=up + style_file().path.removeprefix(f"{DATA}/"),
        icon=up + icon_file().path.removeprefix(f"{DATA}/"),
        places=[(up + where or "./", words, where == place) for where, words in _PLACES],
        edition=edition_words(release),
        next_words=next_words(release),
        attribution=attribution(release),
        invented_words=INVENTED if release.invented else "",
        easy_read=door_address(EASY_READ, area.slug, release.name),
        api=door_address(API, area.slug, release.name),
    )
    return PublicFile(f"{DATA}/{place}index.html", HTML, text.encode())


@cache
def _templates() -> Environment:
    return page_templates(drawn=drawn, day=day_words)
