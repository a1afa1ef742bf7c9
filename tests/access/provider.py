"""A small identity provider, over real HTTP, that tells the truth unless a test has it lie."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from dashboard.hosting import OpenId

TENANT = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
CLIENT, CLIENT_SECRET = "dashboard-at-the-tenant", "the-secret-of-the-dashboard"
OBJECT_ID = "9c8b7a69-5847-3625-1403-f2e1d0c9b8a7"
KEY = RSAKey.generate_key(2048, {"kid": "first"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "first"})
Claims = dict[str, Any]
Sign = Callable[[Claims], str]


def signed(claims: Claims, key: RSAKey = KEY) -> str:
    return jwt.encode({"alg": "RS256", "kid": "first"}, claims, key)


def unsigned(claims: Claims) -> str:
    return f"{part({'alg': 'none'})}.{part(claims)}."


def signed_with_the_public_key(claims: Claims) -> str:
    """HS256, where the secret is what everyone can read."""
    body = f"{part({'alg': 'HS256', 'kid': 'first'})}.{part(claims)}"
    mark = hmac.new(KEY.as_pem(private=False), body.encode(), hashlib.sha256).digest()
    return f"{body}.{_text(mark)}"


def changed_after_signing(claims: Claims) -> str:
    head, _, mark = signed(claims | {"oid": "somebody-else"}).split(".")
    return f"{head}.{part(claims)}.{mark}"


def part(value: Mapping[str, Any]) -> str:
    return _text(json.dumps(value).encode())


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass
class Provider:
    """`change` alters what a token says, `sign` how it is signed; `answers` takes the place of a
    whole answer, as (status, body), by the last part of its address."""

    address: str = ""
    change: Callable[[Claims], Claims] = dict
    sign: Sign = signed
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    codes: dict[str, Mapping[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def open_id(self) -> OpenId:
        return OpenId(TENANT, CLIENT, CLIENT_SECRET, authority=self.address)

    def allow(self, location: str) -> Mapping[str, str]:
        """Somebody came to the address they were sent to and said yes.

        Returns:
            What the browser brings back: `code` and `state`.
        """
        asked = {key: values[0] for key, values in parse_qs(urlsplit(location).query).items()}
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def answer(self, path: str, form: Mapping[str, str]) -> tuple[int, bytes]:
        name = path.rpartition("/")[2]
        self.asked.append(name)
        if name in self.answers:
            return self.answers[name]
        if name == "openid-configuration":
            return 200, json.dumps(self._metadata()).encode()
        if name == "keys":
            keys = {"keys": [KEY.as_dict(private=False)]}
            return 200, json.dumps(keys).encode()
        return self._token(form)

    def _metadata(self) -> Mapping[str, Any]:
        base = f"{self.address}/{TENANT}/v2.0"
        return {
            "issuer": base,
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "jwks_uri": f"{base}/keys",
            # more than is taken here
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }

    def _token(self, form: Mapping[str, str]) -> tuple[int, bytes]:
        """Each code is good once, and only with the verifier of who began (PKCE)."""
        asked = self.codes.pop(form.get("code", ""), None)
        proof = _text(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if asked is None or proof != asked["code_challenge"]:
            return 400, b'{"error": "invalid_grant", "error_description": "no"}'
        claims = self.change(self._claims(asked["nonce"]))
        found = {"access_token": "for-nothing", "token_type": "Bearer", "expires_in": 300}
        return 200, json.dumps(found | {"id_token": self.sign(claims)}).encode()

    def _claims(self, nonce: str) -> Claims:
        now = int(time.time())
        return {
            "iss": f"{self.address}/{TENANT}/v2.0",
            "aud": CLIENT,
            "sub": "pairwise",
            "tid": TENANT,
            "oid": OBJECT_ID,
            "roles": ["send-dashboard"],
            "preferred_username": "Kestrel@council.example",
            "iat": now,
            "nbf": now,
            "exp": now + 300,
            "nonce": nonce,
        }


@contextmanager
def running_provider() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's name
            self._send(*provider.answer(self.path, {}))

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = parse_qs(self.rfile.read(length).decode())
            first = {key: values[0] for key, values in form.items()}
            self._send(*provider.answer(self.path, first))

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
