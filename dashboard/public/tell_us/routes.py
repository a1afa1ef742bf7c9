"""The addresses of “Was this easy to understand?”: the form, what it sends, and the thanks."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from flask import Flask, abort, make_response, redirect, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from dashboard.assets import Assets
from dashboard.public.files import EASY_READ
from dashboard.public.tell_us.form import LARGEST, read_form
from dashboard.public.tell_us.pages import form_page, thanks_page
from dashboard.public.tell_us.told import Keep, Told, TooMany
from schemas.area_settings import AreaSettings

_AN_HOUR = "3600"  # seconds until what was sent is forgotten
_NOTHING = Told("", "", "", "")
# The same page at the address of an edition, where the pages of that edition send their forms.
_ADDRESSES = (f"/{EASY_READ}/<slug>/tell-us/", f"/{EASY_READ}/<slug>/<edition>/tell-us/")


def add_tell_us(
    server: Flask, areas: Mapping[str, AreaSettings], assets: Assets, keep: Keep
) -> None:
    """Adds the form of every area that publishes to everyone. Comes after `add_staff`: nobody is
    signed in at this form and it does nothing in anybody's name, so that it needs none of the
    tokens which staff forms have. Forms of other sites are refused by `dashboard.server.guard`.

    Args:
        keep: `dashboard.families.received.keep_feedback` with its database and secret.
    """
    public = {area.slug: area for area in areas.values() if area.public}

    def tell_us(slug: str, edition: str = "") -> Answer:
        area = _area(public.get(slug))
        if request.method == "POST":
            return _unkept(_sent(assets, keep, area, edition))
        asked = read_form(request.args, edition).told
        told = Told("", "", asked.topic, asked.edition)  # words are typed here, never in a link
        return make_response(form_page(assets, area, told))

    def thanks(slug: str, edition: str = "") -> Answer:
        area = _area(public.get(slug))
        told = read_form(request.args, edition).told
        return make_response(thanks_page(assets, area, told.topic, "removed" in request.args))

    for place in _ADDRESSES:
        _add(server, place, tell_us, ("GET", "POST"))
        _add(server, f"{place}thanks/", thanks, ("GET",))
    server.extensions["csrf"].exempt(tell_us)


def _add(server: Flask, rule: str, view: Callable[..., Answer], methods: tuple[str, ...]) -> None:
    kind = "edition" if "<edition>" in rule else "latest"
    server.add_url_rule(rule, f"{view.__name__}.{kind}", view, methods=methods)


def _area(found: AreaSettings | None) -> AreaSettings:
    if found is None:
        abort(404)
    return found


def _sent(assets: Assets, keep: Keep, area: AreaSettings, edition: str) -> Answer:
    """Keeps what was sent and leads to the thanks, so that loading again sends nothing twice."""
    request.max_content_length = LARGEST
    try:
        typed = read_form(request.form, edition)
    except RequestEntityTooLarge:
        return make_response(form_page(assets, area, _NOTHING, notice="too_large"), 413)
    told = typed.told
    if typed.fault:
        return make_response(form_page(assets, area, told, fault=typed.fault), 422)
    try:
        removed = keep(area.code, told, request.remote_addr or "")
    except TooMany:
        answer = make_response(form_page(assets, area, told, notice="too_many"), 429)
        answer.headers["Retry-After"] = _AN_HOUR
        return answer
    query = {"topic": told.topic} | ({"removed": "1"} if removed else {})
    return redirect(f"thanks/?{urlencode(query)}", 303)


def _unkept(answer: Answer) -> Answer:
    """What somebody typed is in no store of a browser."""
    answer.headers["Cache-Control"] = "no-store"
    return answer
