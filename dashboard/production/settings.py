"""Settings of a production server: one TOML file and the environment, every fault told at once."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from dashboard.hosting import Hosting, HostingProblem, read_hosting
from dashboard.production.pairs import as_table, as_text
from dashboard.watching import SHORTEST_KEY

SETTINGS_FILE = "SEND_SETTINGS"

# Where a setting stands in the file, and the variable that wins over it.
VARIABLES = {
    ("secret_key",): "SEND_SECRET_KEY",
    ("hosts",): "SEND_HOSTS",
    ("areas",): "SEND_AREA_HOSTS",
    ("proxies",): "SEND_PROXIES",
    ("database",): "DATABASE_URL",
    ("folder",): "SEND_VAR",
    ("listen", "address"): "SEND_LISTEN",
    ("listen", "port"): "PORT",
    ("listen", "workers"): "SEND_WORKERS",
    ("entra", "tenant"): "SEND_ENTRA_TENANT",
    ("entra", "client"): "SEND_ENTRA_CLIENT",
    ("entra", "secret"): "SEND_ENTRA_SECRET",
    ("entra", "role"): "SEND_ENTRA_ROLE",
    ("mail", "host"): "SEND_SMTP_HOST",
    ("mail", "port"): "SEND_SMTP_PORT",
    ("mail", "from"): "SEND_SMTP_FROM",
    ("mail", "user"): "SEND_SMTP_USER",
    ("mail", "password"): "SEND_SMTP_PASSWORD",
    ("watch", "health_key"): "SEND_HEALTH_KEY",
    ("watch", "metrics_key"): "SEND_METRICS_KEY",
    ("watch", "backups"): "SEND_BACKUPS",
    ("watch", "logs"): "SEND_LOGS",
}

SECRETS = (
    "SEND_SECRET_KEY",
    "DATABASE_URL",
    "SEND_ENTRA_SECRET",
    "SEND_SMTP_PASSWORD",
    "SEND_HEALTH_KEY",
    "SEND_METRICS_KEY",
)
_DEFAULTS = ("change", "secret", "password", "example", "postgres", "admin", "test", "1234")


def _by_commas(value: object) -> object:
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


def _no_default(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value().casefold().startswith(_DEFAULTS):
        raise ValueError("is one that everyone knows: give it one of its own")
    return secret


def _database(address: SecretStr) -> SecretStr:
    """A password that everyone knows is a fault; none at all, as by a socket, is not."""
    if not address.get_secret_value():
        return address
    try:
        url = make_url(address.get_secret_value().replace("postgres://", "postgresql://", 1))
    except ArgumentError:
        raise ValueError("is not an address such as postgresql://user@host/name") from None
    if url.get_backend_name() != "postgresql":
        raise ValueError("must be PostgreSQL; for SQLite leave it out and say the folder")
    if url.password is not None:
        _no_default(SecretStr(str(url.password)))
        if url.password == url.username:
            raise ValueError("has a password that is its user's name: give it one of its own")
    return address


Secret = Annotated[SecretStr, AfterValidator(_no_default)]


class _Part(BaseModel):
    """A key that is not known is a fault, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Listen(_Part):
    """Where the server waits for its proxy, and with how many processes."""

    address: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8050, ge=1, le=65535)
    workers: int = Field(default=2, ge=1, le=64)


class Entra(_Part):
    """A council's own sign-in."""

    tenant: str = Field(min_length=1)
    client: str = Field(min_length=1)
    secret: Secret = Field(min_length=1)
    role: str = Field(default="send-dashboard", min_length=1)


class Smtp(_Part):
    """The server that sends reminders."""

    host: str = Field(min_length=1)
    sender: str = Field(alias="from", min_length=1)
    port: int = Field(default=587, ge=1, le=65535)
    user: str = ""
    password: Secret = SecretStr("")


def _no_key(key: SecretStr) -> SecretStr:
    if key.get_secret_value() and len(key) < SHORTEST_KEY:
        raise ValueError(f"needs {SHORTEST_KEY} random characters or more")
    return _no_default(key)


Key = Annotated[SecretStr, AfterValidator(_no_key)]


class Watch(_Part):
    """Who may look at the server's state, and what is watched besides it."""

    health_key: Key = SecretStr("")
    metrics_key: Key = SecretStr("")
    backups: Path | None = None
    logs: bool = True


class Production(_Part):
    """What a production server is told. Secrets are not printed."""

    secret_key: SecretStr
    hosts: Annotated[tuple[str, ...], BeforeValidator(_by_commas)]
    areas: Annotated[dict[str, str], BeforeValidator(as_table)] = {}
    proxies: int = Field(ge=1, le=9)
    database: Annotated[SecretStr, AfterValidator(_database)] = SecretStr("")
    folder: Path | None = None
    listen: Listen = Listen()
    entra: Entra | None = None
    mail: Smtp | None = None
    watch: Watch = Watch()

    @property
    def hosting(self) -> Hosting:
        return read_hosting(_as_environment(_plain(self.model_dump(by_alias=True))))


def read_production(file: Path | None, environment: Mapping[str, str] = os.environ) -> Production:
    """The settings of the file, with the environment's in their places.

    Raises:
        HostingProblem: names every setting that is missing, weak or wrong, one in a line.
    """
    merged = _merged(_read(file), environment)
    lines = [*_hosting_faults(_as_environment(merged))]
    settings = None
    try:
        settings = Production.model_validate(merged)
    except ValidationError as error:
        faults = dict(_fault(one) for one in error.errors(include_input=False))
        told = " ".join(lines)
        lines += [line for key, line in faults.items() if _NAMES.get(key, key) not in told]
    if environment.get("SEND_DEMO"):
        lines.append("SEND_DEMO is set: a demonstration is open to everyone. Unset it.")
    if lines or settings is None:
        raise HostingProblem("\n".join(lines))
    return settings


def use_settings_file(environment: Any = os.environ, file: Path | None = None) -> None:
    """Puts what the file says into the environment where that says nothing itself, so that every
    command uses the server's database and mail.

    Args:
        file: default: the one that SEND_SETTINGS names, if any.

    Raises:
        HostingProblem: the file cannot be read.
    """
    file = file or (Path(named) if (named := environment.get(SETTINGS_FILE)) else None)
    for variable, value in _as_environment(_read(file)).items():
        if not environment.get(variable):
            environment[variable] = value


def _read(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise HostingProblem(f"{file} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise HostingProblem(f"{file} is not TOML: {error}.") from error


def _merged(table: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    merged = {
        key: dict(value) if isinstance(value, dict) else value for key, value in table.items()
    }
    for path, variable in VARIABLES.items():
        if value := environment.get(variable):
            place = merged.setdefault(path[0], {}) if path[1:] else merged
            if isinstance(place, dict):
                place[path[-1]] = value
    return merged


def _as_environment(table: Mapping[str, Any]) -> dict[str, str]:
    return {variable: value for path, variable in VARIABLES.items() if (value := _at(table, path))}


def _at(table: Mapping[str, Any], path: tuple[str, ...]) -> str:
    found: Any = table
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    if isinstance(found, bool):
        return str(int(found))
    if isinstance(found, Mapping):
        return as_text(found)
    if isinstance(found, list | tuple):
        return ",".join(map(str, found))
    return "" if found is None else str(found)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def _hosting_faults(environment: Mapping[str, str]) -> Iterator[str]:
    """What the rules of every closed server find; they name variables, so the keys are added."""
    try:
        read_hosting(environment)
    except HostingProblem as problem:
        for line in str(problem).splitlines():
            keys = [key for key, variable in _NAMES.items() if variable in line]
            yield f"{line} In the file: {', '.join(keys)}."


def _key(where: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in where if isinstance(part, str))


_NAMES = {_key(path): variable for path, variable in VARIABLES.items()}
_PLAIN = {"missing": "is missing", "extra_forbidden": "is not a key that is known here"}


def _fault(detail: Any) -> tuple[str, str]:
    """The key of a fault, and the line that names it; never the value, which may be a secret."""
    key = _key(detail["loc"])
    named = f"{key} ({_NAMES[key]})" if key in _NAMES else key
    said = _PLAIN.get(detail["type"], detail["msg"].removeprefix("Value error, "))
    return key, f"{named}: {said}.{_HINTS.get(key, '')}"


_HINTS = {
    "proxies": " It is how many proxies stand before this server, 1 for an nginx: it speaks no "
    "HTTPS itself, so it is not started without one."
}
