"""Hosting: how this server is run: as a demonstration for everyone, or closed and signed in."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

SHORTEST_KEY = 32  # characters
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_TENANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DEFAULTS = ("changeme", "change-me", "secret", "password", "example")


class HostingProblem(Exception):
    """The server cannot be started safely; the message lists every fault."""


@dataclass(frozen=True)
class OpenId:
    """A council's own sign-in (Microsoft Entra ID): its tenant, and this program's id there.

    `app_role` is the role that an administrator of the tenant gives to those who may come in.
    """

    tenant_id: str
    client_id: str
    client_secret: str = field(repr=False)
    authority: str = "https://login.microsoftonline.com"
    app_role: str = "send-dashboard"

    @property
    def issuer(self) -> str:
        """Who has to have signed what we are told: this tenant, and never all of them."""
        return f"{self.authority}/{self.tenant_id}/v2.0"

    @property
    def metadata_url(self) -> str:
        return f"{self.issuer}/.well-known/openid-configuration"


@dataclass(frozen=True)
class Mail:
    """The server that sends reminders, when there is one."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Hosting:
    """`demo`: invented figures, ready-made accounts, open to who can reach it. Otherwise every
    page of an area needs somebody signed in, and cookies need HTTPS."""

    demo: bool = False
    secret_key: str = field(default="", repr=False)
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    open_id: OpenId | None = None
    mail: Mail | None = None


def demonstration() -> Hosting:
    """Everything open, with a key of its own: whoever was signed in is signed out by a restart."""
    return Hosting(demo=True, secret_key=secrets.token_urlsafe(48))


def read_hosting(environment: Mapping[str, str] = os.environ) -> Hosting:
    """How the environment says this server is run.

    Raises:
        HostingProblem: naming every setting that is missing, weak or wrong.
    """
    if environment.get("SEND_DEMO") == "1":
        return demonstration()
    faults: list[str] = []
    key = environment.get("SEND_SECRET_KEY", "")
    if len(key) < SHORTEST_KEY or len(set(key)) < 10 or key.casefold().startswith(_DEFAULTS):
        faults.append(
            f"SEND_SECRET_KEY is missing or weak. Give it {SHORTEST_KEY} random characters or "
            'more, such as python -c "import secrets; print(secrets.token_urlsafe(48))" prints.'
        )
    hosts = tuple(h.strip() for h in environment.get("SEND_HOSTS", "").split(",") if h.strip())
    if not hosts or not all(_HOST.fullmatch(host) for host in hosts):
        faults.append(
            "SEND_HOSTS is missing or wrong: the host names this server answers to, by commas, "
            "without https:// and port."
        )
    proxies = _number(environment, "SEND_PROXIES", 0, faults)
    open_id = _open_id(environment, faults)
    mail = _mail(environment, faults)
    if faults:
        raise HostingProblem("\n".join(faults))
    return Hosting(False, key, hosts, proxies, open_id, mail)


def _number(environment: Mapping[str, str], name: str, default: int, faults: list[str]) -> int:
    text = environment.get(name, "")
    if text and not text.isdecimal():
        faults.append(f"{name} is not a whole number.")
        return default
    return int(text) if text else default


def _open_id(environment: Mapping[str, str], faults: list[str]) -> OpenId | None:
    names = ("SEND_ENTRA_TENANT", "SEND_ENTRA_CLIENT", "SEND_ENTRA_SECRET")
    tenant, client, secret = given = [environment.get(name, "") for name in names]
    if not any(given):
        return None
    missing = [name for name, value in zip(names, given, strict=True) if not value]
    if missing:
        faults.append(f"Signing in with Entra ID also needs {' and '.join(missing)}.")
    if tenant and not _TENANT.fullmatch(tenant.casefold()):
        faults.append(
            "SEND_ENTRA_TENANT must be the id of the council's own tenant, such as "
            "01234567-89ab-cdef-0123-456789abcdef, so that no other tenant's people can come in."
        )
    role = environment.get("SEND_ENTRA_ROLE", "send-dashboard")
    return OpenId(tenant.casefold(), client, secret, app_role=role)


def _mail(environment: Mapping[str, str], faults: list[str]) -> Mail | None:
    host = environment.get("SEND_SMTP_HOST", "")
    if not host:
        return None
    sender = environment.get("SEND_SMTP_FROM", "")
    if "@" not in sender:
        faults.append("SEND_SMTP_FROM is missing: the address that reminders come from.")
    port = _number(environment, "SEND_SMTP_PORT", 587, faults)
    user, password = (environment.get(f"SEND_SMTP_{part}", "") for part in ("USER", "PASSWORD"))
    return Mail(host, port, sender, user, password)
