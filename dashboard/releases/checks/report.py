"""Makes every check of a release version and sets beside the findings what was written of them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from dashboard.releases.checks.explained import Explanation, get_explanations
from dashboard.releases.checks.finding import Check, Finding
from dashboard.releases.checks.reading import read_material
from dashboard.releases.checks.registry import CHECKS
from dashboard.releases.versions import Version
from dashboard.settings import Settings


@dataclass(frozen=True)
class Report:
    """What the checks say of a version now. `explained` is by the finding's key. `passed` found
    nothing; `not_yet` could not be made, or not wholly, and why."""

    musts: tuple[Finding, ...]
    shoulds: tuple[Finding, ...]
    explained: Mapping[str, Explanation]
    passed: tuple[Check, ...]
    not_yet: tuple[tuple[Check, str], ...]
    checks: Mapping[str, Check] = field(default_factory=dict)

    @property
    def unexplained(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.shoulds if one.key not in self.explained)

    @property
    def in_the_way(self) -> tuple[Finding, ...]:
        """What stands between this version and the second person's check."""
        return (*self.musts, *self.unexplained)


def run_checks(
    connection: Connection, area_code: str, version: Version, settings: Settings, today: dt.date
) -> Report:
    """Every check of Q01 to Q20.

    Raises:
        ValueError: the version is another area's.
    """
    if version.area_code != area_code:
        raise ValueError(f"{version.words} is not of {area_code}")
    material = read_material(connection, version, settings, today)
    found = {check.id: tuple(check.look(material)) for check in CHECKS}
    open_checks = {check.id: check.not_yet(material) for check in CHECKS}
    every = [finding for findings in found.values() for finding in findings]
    return Report(
        musts=tuple(one for one in every if one.severity == "must"),
        shoulds=tuple(one for one in every if one.severity == "should"),
        explained=get_explanations(connection, version.release_id),
        passed=tuple(c for c in CHECKS if not found[c.id] and not open_checks[c.id]),
        not_yet=tuple((c, open_checks[c.id]) for c in CHECKS if open_checks[c.id]),
        checks={check.id: check for check in CHECKS},
    )


def findings_in_the_way(
    connection: Connection,
    area_code: str,
    version: Version,
    settings: Settings | None = None,
    today: dt.date | None = None,
) -> list[Finding]:
    """What must be mended, and what should be looked at and has no explanation: a version with
    any of them is not checked."""
    settings = settings or Settings()
    day = today or settings.today()
    return [*run_checks(connection, area_code, version, settings, day).in_the_way]
