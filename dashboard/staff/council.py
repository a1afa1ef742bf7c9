"""Signing in with the council's own account (OpenID Connect, Microsoft Entra ID)."""

import math
import time
from typing import Any
from urllib.parse import quote

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from flask import Flask, abort, current_app, redirect, request, session, url_for
from joserfc.errors import JoseError
from werkzeug.wrappers import Response

from dashboard.access.council import (
    HOW,
    ClaimsRefused,
    NoAccount,
    claims_options,
    find_council_person,
    note_refusal,
)
from dashboard.access.throttle import Throttle, Wait
from dashboard.hosting import OpenId
from dashboard.staff.cookies import let_in
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.staff.return_to import SIGN_IN, own_path

doors = Doors()
_NAME = "council"
_STATE = f"_state_{_NAME}_"  # how Authlib calls what it keeps in the browser's cookie
_SECONDS = 5  # that the provider may take
_PAUSE = 10  # seconds without another try, so that people who wait do not use up the server
_LEEWAY = 60  # seconds that two clocks may differ
# What an answer from elsewhere can do to the libraries besides their own exceptions.
_BROKEN = (AttributeError, KeyError, RuntimeError, TypeError, ValueError)
Page = tuple[str, int, dict[str, str]]


class _Council(FlaskOAuth2App):
    """Whatever the provider says that it can do, only RS256 signs in here. It speaks for itself,
    from its own address, and not for another."""

    failed_at = -math.inf

    def load_server_metadata(self) -> Any:
        if time.monotonic() < self.failed_at + _PAUSE:
            raise requests.ConnectionError("it failed a moment ago")
        try:
            load: Any = super().load_server_metadata  # Authlib has no types
            found = load()
            if found.get("issuer") != self._issuer:
                found.clear()
                raise requests.RequestException("it says of itself that it is another")
        except requests.RequestException:
            self.failed_at = time.monotonic()
            raise
        found["id_token_signing_alg_values_supported"] = ["RS256"]
        return found

    @property
    def _issuer(self) -> str:
        return str(self._server_metadata_url).removesuffix("/.well-known/openid-configuration")


class _OAuth(OAuth):
    oauth2_client_cls = _Council


def add_council(server: Flask, open_id: OpenId) -> None:
    """Makes the council's sign-in known to a server; nothing is fetched before somebody uses it."""
    make: Any = _OAuth
    make(server).register(
        _NAME,
        client_id=open_id.client_id,
        client_secret=open_id.client_secret,
        server_metadata_url=open_id.metadata_url,
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "default_timeout": _SECONDS,
            "max_redirects": 0,  # it answers itself, or it is not asked
        },
    )


@doors.open("sign-in/council", None, signed_in=False)
def begin(desk: Desk) -> Page | Response:
    """Leads to the council's sign-in page, when somebody pressed the button of ours: no other site
    begins a session for them."""
    if desk.hosting.open_id is None:
        abort(404)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        to = quote(own_path(request.args.get("next", "")))
        return redirect(f"{SIGN_IN}?next={to}")
    for key in [key for key in session if key.startswith(_STATE)]:
        del session[key]  # each is 300 bytes of a cookie, and only the newest is of use
    session["next"] = own_path(request.args.get("next", ""))
    scheme = "http" if desk.hosting.demo else "https"
    back_here = url_for("staff.council.back", _external=True, _scheme=scheme)
    try:
        answer: Response = _client().authorize_redirect(back_here)
    except (requests.RequestException, AuthlibBaseError, *_BROKEN):
        return _down(desk)
    return answer


@doors.open("sign-in/council/back", None, signed_in=False)
def back(desk: Desk) -> Page | Response:
    """Where the council's sign-in page sends the browser; what comes is believed once or never."""
    open_id = desk.hosting.open_id
    if open_id is None:
        abort(404)
    throttle = Throttle(desk.database, desk.hosting.secret_key)
    address = request.remote_addr or ""
    try:
        number = throttle.begin(f"{HOW} {address}", address)
        person = find_council_person(throttle, number, open_id, _claims(open_id))
    except Wait as wait:
        return _too_early(desk, wait)
    except requests.RequestException:
        return _down(desk)
    except NoAccount as unknown:
        note_refusal(desk.database, "no account")
        return _page(desk, "You have no account here yet", str(unknown), 403)
    except (AuthlibBaseError, JoseError, ClaimsRefused) as error:
        note_refusal(desk.database, _why(error))
        return _refused(desk)
    to = own_path(session.get("next", ""))
    return let_in(desk.database, desk.hosting, person, HOW, to)


def _client() -> Any:
    return current_app.extensions["authlib.integrations.flask_client"].create_client(_NAME)


def _claims(open_id: OpenId) -> dict[str, Any]:
    """What the provider says of somebody, after everything about it has been checked."""
    options = claims_options(open_id)
    try:
        token = _client().authorize_access_token(claims_options=options, leeway=_LEEWAY)
    except requests.RequestException:
        raise  # among them is JSON that is none, which is a ValueError too
    except _BROKEN as error:
        raise ClaimsRefused("its answer could not be read") from error
    if "userinfo" not in token:
        raise ClaimsRefused("it brought no ID token")
    return dict(token["userinfo"])


def _why(error: Exception) -> str:
    """Words of our own or the library's; none that came with the request."""
    if isinstance(error, ClaimsRefused):
        return str(error)
    if isinstance(error, JoseError):
        claim = getattr(error, "claim", "")
        return f"{error.error} {claim}".strip()
    return type(error).__name__


def _refused(desk: Desk) -> Page:
    why = (
        "What came back from your council's sign-in was not complete, too old, or not for this "
        "site, so nobody was signed in. Please begin again from the sign-in page. If it happens "
        "again, tell an administrator of your area."
    )
    return _page(desk, "You are not signed in", why, 401)


def _too_early(desk: Desk, wait: Wait) -> Page:
    why = f"Too many tries failed. Wait {wait.seconds} seconds, then begin again."
    page, status, _ = _page(desk, "You are not signed in", why, 429)
    return page, status, {"Retry-After": str(wait.seconds)}


def _down(desk: Desk) -> Page:
    why = (
        "Your council's sign-in does not answer as it should just now. Please try again in a few "
        "minutes. If you have a password for this site, you can use it meanwhile."
    )
    return _page(desk, "Your council’s sign-in cannot be reached", why, 503)


def _page(desk: Desk, title: str, why: str, status: int) -> Page:
    return desk.page("refused.html", title, why=why), status, {}
