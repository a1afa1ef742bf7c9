"""The door of the feed: a token opens it, as it opens the tables, and nothing else does."""

import hashlib

from flask import Flask, Response, request

from dashboard.access.person import Person
from dashboard.alerts.feed import build_feed
from dashboard.alerts.told import list_told
from dashboard.hosting import Hosting
from dashboard.pages.site import Site
from dashboard.token_door import SHARING, open_by_token
from schemas.area_settings import AreaSettings

RULE = "/partner/feed/<area>.atom"


def add_feed(server: Flask, site: Site, hosting: Hosting) -> None:
    """`/partner/feed/CODE.atom`: what the token's holder chose to be told of in that area, with
    true figures, for the partnership only."""

    def opened(area: str) -> Response:
        return open_by_token(site, hosting, area, lambda who, here: _feed(site, hosting, who, here))

    server.add_url_rule(
        RULE, "partner.feed", opened, methods=["GET"], provide_automatic_options=False
    )


def _feed(site: Site, hosting: Hosting, who: Person, area: AreaSettings) -> Response:
    host = hosting.trusted_hosts[0] if hosting.trusted_hosts else "localhost"
    where = hosting.site_of(area.code) or request.host_url.rstrip("/")
    content = build_feed(area, list_told(site.database, who, area.code), where, host)
    answer = Response(content, content_type="application/atom+xml; charset=utf-8")
    answer.headers.update(SHARING)
    answer.set_etag(hashlib.sha256(content).hexdigest()[:32])
    answer.make_conditional(request)
    return answer
