"""The form on a page that stands where nothing could answer it, as in an export.

There the form's place, which the page marks, holds a link to the form by itself at the area's own
address, with the page and the edition it is about; without an address it holds nothing, and the
ways to phone and write stand below it as they do everywhere.
"""

import re
from urllib.parse import urlencode

from markupsafe import Markup

from dashboard.public.files import EASY_READ, door_address
from dashboard.words.easy_read.catalogue import load_catalogue
from schemas.area_settings import AreaSettings

_FORM = re.compile(rb"<!--form-->.*?<!--/form-->\n?", re.S)
_ABOUT = re.compile(rb'name="(topic|edition)" value="([a-z0-9.-]+)"')
_LINK = Markup('<ul class="links"><li><a href="{}">{}</a></li></ul>\n')


def without_form(page: bytes, area: AreaSettings) -> bytes:
    """The page with its form's place as it is where no program answers."""
    return _FORM.sub(lambda found: _instead(found[0], area), page, count=1)


def _instead(form: bytes, area: AreaSettings) -> bytes:
    address = area.public.address if area.public else ""
    if not address:
        return b""
    about = {name.decode(): value.decode() for name, value in _ABOUT.findall(form)}
    query = f"?{urlencode(about)}" if about else ""
    place = f"{address}{door_address(EASY_READ, area.slug)}tell-us/{query}"
    return str(_LINK.format(place, load_catalogue().words["easy_question"])).encode()
