"""Hosting: how this server is run: as a demonstration for everyone, or closed and signed in."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

SHORTEST_KEY = 32  # characters
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_TENANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HERE = ("", "localhost", "127.0.0.1", "::1")
_VERIFIED = ("verify-full", "verify-ca")
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
    page of an area needs somebody signed in, and cookies need HTTPS. At each of `area_hosts` there
    is the area of that code and no other."""

    demo: bool = False
    secret_key: str = field(default="", repr=False)
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    open_id: OpenId | None = None
    mail: Mail | None = None
    area_hosts: Mapping[str, str] = field(default_factory=dict)

    def site_of(self, area_code: str) -> str:
        """Where people find an area, without a path: at its own host, else at the first one; ""
        when this server was told no host."""
        own = (host for host, code in self.area_hosts.items() if code == area_code)
        host = next(own, next(iter(self.trusted_hosts), ""))
        return f"https://{host}" if host else ""


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
    area_hosts = _area_hosts(environment, faults)
    if not _is_private(environment):
        faults.append(
            "DATABASE_URL names another machine, and nothing makes the way to it private. Add "
            "?sslmode=verify-full to it, and the certificate of its authority (sslrootcert)."
        )
    if faults:
        raise HostingProblem("\n".join(faults))
    trusted = tuple(dict.fromkeys((*hosts, *area_hosts)))
    return Hosting(False, key, trusted, proxies, open_id, mail, area_hosts)


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


def _is_private(environment: Mapping[str, str]) -> bool:
    """Whether the way to the database is a socket, this machine, or encrypted to a server whose
    certificate was looked at. An address that is none is told where it is used."""
    try:
        url = make_url(environment.get("DATABASE_URL", "").replace("postgres://", "postgresql://"))
    except ArgumentError:
        return True
    named = url.query.get("host", url.host or "")
    hosts = ",".join((named,) if isinstance(named, str) else named).split(",")
    mode = url.query.get("sslmode", environment.get("PGSSLMODE", ""))
    here = all(host in _HERE or host.startswith("/") for host in hosts)
    return here or mode in _VERIFIED


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


def _area_hosts(environment: Mapping[str, str], faults: list[str]) -> Mapping[str, str]:
    """`SEND_AREA_HOSTS="send.darlington.example=E06000005,..."`: the area of each host. What is
    wrong is added to `faults`."""
    told = environment.get("SEND_AREA_HOSTS", "").split(",")
    found: dict[str, str] = {}
    for one in filter(str.strip, told):
        host, code = (part.strip() for part in one.partition("=")[::2])
        if why := _why_no_area_host(host.casefold(), code, found):
            faults.append(f"SEND_AREA_HOSTS: {why}")
        found[host.casefold()] = code
    return found


def _why_no_area_host(host: str, code: str, found: Mapping[str, str]) -> str:
    from schemas.area_settings import load_area_settings

    if not _HOST.fullmatch(host):
        return f"{host or 'nothing'} is no host name. Write host=code, without https:// and port."
    if host in found:
        return f"{host} is named twice. At one host there is one area."
    if code not in load_area_settings():
        known = ", ".join(f"{one.code} ({one.name})" for one in load_area_settings().values())
        return f"there is no area {code or 'named'} here for {host}. There is {known}."
    return ""
