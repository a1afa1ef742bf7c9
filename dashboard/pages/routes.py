"""From an address to its answer: a page or file, made once for all who ask."""

from collections.abc import Callable, Mapping

from flask import Flask, Response, abort, request

from dashboard.address import PREFIX, Address, parse_address
from dashboard.area_hosts import area_here
from dashboard.assets import packed_answer
from dashboard.pages.compare import compare_page
from dashboard.pages.downloads import build_file
from dashboard.pages.gaps import gaps_page
from dashboard.pages.kept import Answer, KeptAnswers, make_answer
from dashboard.pages.measure import measure_page
from dashboard.pages.notices import withdrawn_page
from dashboard.pages.overview import overview_page
from dashboard.pages.packs import packs_file, packs_page
from dashboard.pages.page import Page
from dashboard.pages.plan import plan_page
from dashboard.pages.plan_file import plan_file
from dashboard.pages.planner import planner_page
from dashboard.pages.planner_file import planner_file
from dashboard.pages.render import render_page
from dashboard.pages.site import Site
from dashboard.queries.editions import get_stamp

_PAPERS = 24_000_000  # bytes of packs: they are large, and must not take the place of pages
Maker = Callable[[Site, Address], Page | None]
_PAGES: Mapping[str, Maker] = {
    "overview": overview_page,
    "gaps": gaps_page,
    "measure": measure_page,
    "compare": compare_page,
    "plan": plan_page,
    "planner": planner_page,
    "packs": packs_page,
}

_FILES: Mapping[str, Callable[[Site, Address], Answer | None]] = {
    "measure": build_file,
    "compare": build_file,
    "plan": plan_file,
    "planner": planner_file,
    "packs": packs_file,
}


def add_pages(server: Flask, site: Site) -> None:
    """Every address under the prefix."""
    kept, papers = KeptAnswers(), KeptAnswers(_PAPERS)
    server.add_url_rule(f"{PREFIX}<path:rest>", "page", lambda rest: _answer(site, kept, papers))


def _answer(site: Site, kept: KeptAnswers, papers: KeptAnswers) -> Response:
    address = parse_address(request.path, request.query_string.decode("latin-1"), site.settings)
    if address is None:
        abort(404)
    with site.database.reading() as connection:
        stamp = get_stamp(connection, address.area.code)
    today = site.settings.today().isoformat()
    where = papers if address.page == "packs" and address.file else kept
    key = (stamp, today, area_here(), address.url)
    found = where.get(key, lambda: _make(site, address))
    return _send(found)


def answer_unkept(site: Site, address: Address) -> Response:
    """A page or file for those who may see more than everyone: made anew each time, so that
    nothing of it is ever near what others are sent."""
    return _send(_make(site, address))


def _make(site: Site, address: Address) -> Answer:
    withdrawn = withdrawn_page(site, address)
    if withdrawn:
        return make_answer(render_page(site, withdrawn).encode(), "text/html", 410)
    if address.file:
        made = _FILES[address.page](site, address)
        if made is None:
            abort(404)
        return made
    page = _PAGES[address.page](site, address)
    if page is None:
        abort(404)
    return make_answer(render_page(site, page).encode(), "text/html")


def _send(found: Answer) -> Response:
    answer = packed_answer(found.body, found.packed, found.kind)
    answer.status_code = found.status
    answer.set_etag(found.etag, weak=True)
    answer.headers["Cache-Control"] = "no-cache"
    if found.name:
        answer.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    answer.make_conditional(request)
    return answer
