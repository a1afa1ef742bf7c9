"""The form by itself and the page that thanks, as easy-read pages; their links stay in the door,
so that they lead back to the edition somebody read."""

import re
from functools import cache
from typing import Any

from jinja2 import Environment

from dashboard.assets import Assets
from dashboard.families.topics import topic_words
from dashboard.public.easy_read.pictures import LICENCE_SITE, MAKER_SITE, load_pictures
from dashboard.public.tell_us.told import Told
from dashboard.templating import page_templates
from dashboard.words.easy_read.catalogue import load_catalogue
from schemas.area_settings import AreaSettings


def form_page(
    assets: Assets, area: AreaSettings, told: Told, notice: str = "", fault: str = ""
) -> str:
    """The form, with what was typed.

    Args:
        notice: `too_many` or `too_large` when nothing was kept for that.
        fault: what is wrong with what was typed: `empty` or `long`.
    """
    catalogue = load_catalogue()
    title = catalogue.tell_us[notice]["title"] if notice else catalogue.words["tell"]
    said = _about("form", "about", told.topic)
    facts = {"told": told, "notice": notice, "fault": fault, "about": said, "title": title}
    return _render(assets, area, "tell_us/form.html", root="../", **facts)


def thanks_page(assets: Assets, area: AreaSettings, topic: str, taken_out: bool) -> str:
    """Says thank you, whether something was taken out, what comes of it, and leads back."""
    facts = {
        "topic": topic,
        "taken_out": taken_out,
        "back": _about("thanks", "back", topic),
        "title": load_catalogue().tell_us["thanks"]["title"],
    }
    return _render(assets, area, "tell_us/thanks.html", root="../../", **facts)


def _about(part: str, name: str, topic: str) -> str:
    """A sentence that names the page, or the one for all of them."""
    template = load_catalogue().tell_us[part][name if topic else f"{name}_all"]
    assert isinstance(template, str)
    return template.format(topic=topic_words(topic))


def _render(assets: Assets, area: AreaSettings, template: str, **facts: Any) -> str:
    pictures = {
        name: assets.address(f"pictures/openmoji{load_pictures()[name].colour}")
        for name in ("phone", "letter", "speech", "help", "family", "tick")
    }
    words = load_catalogue().words
    assert area.public is not None
    return (
        _templates()
        .get_template(template)
        .render(
            assets=assets,
            area=area,
            public=area.public,
            dialled=re.sub(r"[^\d+]", "", area.public.comment_phone),
            pictures=pictures,
            credit=((words["pictures_by"], MAKER_SITE), (words["licence"], LICENCE_SITE)),
            words=words,
            tell_us=load_catalogue().tell_us,
            language=load_catalogue().language,
            **facts,
        )
    )


@cache
def _templates() -> Environment:
    return page_templates()
