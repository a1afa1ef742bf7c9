"""Builds everything everyone will see of an area: read, decided, written, looked through."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.public.api.build import build_files as build_api
from dashboard.public.bundle import Bundle, BundleFaulty, make_bundle
from dashboard.public.data.build import build_files as build_data
from dashboard.public.easy_read.build import draw_files
from dashboard.public.easy_read.misfit import TemplateMisfit
from dashboard.public.easy_read.topics import build_content, find_faults
from dashboard.public.files import PublicFile
from dashboard.public.power_bi.build import build_files as build_power_bi
from dashboard.public.release import PublicRelease
from dashboard.public.storing import next_name
from dashboard.publication.before import pack_decided, read_decided
from dashboard.publication.deciding import Decisions, decide_all
from dashboard.publication.fault import Fault
from dashboard.publication.reading import Reading, read_publication
from dashboard.publication.report import build_report
from dashboard.record import now_text
from dashboard.releases.labels import next_label
from dashboard.releases.uk_time import uk_day
from dashboard.settings import Settings
from schemas.database import Database


@dataclass(frozen=True)
class Built:
    """`bundle` is None when there are faults. `stamp` changes when what it is made of does."""

    name: str
    stamp: str
    bundle: Bundle | None
    files: tuple[PublicFile, ...]
    report: Mapping[str, Any]
    faults: tuple[Fault, ...]


def build_publication(
    database: Database, area_code: str, version_id: int, settings: Settings
) -> Built:
    """Everything as it would be with this version published now; writes nothing.

    Raises:
        NoSuchVersion: the area has none with that number.
    """
    with database.reading() as connection:
        reading = read_publication(connection, area_code, version_id, settings)
        before = read_decided(connection, area_code)
        version = reading.version
        label = version.label or next_label(connection, version, settings)
        base = f"{version.term_label.replace(' ', '-')}-v{label}"
        name = next_name(connection, area_code, base)
    decisions = decide_all(reading, before)
    release = _release(reading, decisions, name, label)
    files, faults = _files(release, settings)
    faults = [*(Fault("Q17", words) for words in decisions.faults), *faults]
    report = build_report(reading, decisions, files, faults)
    bundle = None
    if not faults:
        try:
            bundle = _bundle(reading, decisions, name, report, files)
        except BundleFaulty as error:
            faults = [Fault("Q19", words) for words in error.faults]
            report = build_report(reading, decisions, files, faults)
    return Built(name, reading.stamp, bundle, files, report, tuple(faults))


def _release(reading: Reading, decisions: Decisions, name: str, label: str) -> PublicRelease:
    terms = [one for _, one in sorted(decisions.decided.terms.items())]
    own = [figure for one in terms for figure in one.figures]
    # Of the newest term, as everyone reads it: what went at last is no longer shown together.
    last = {(one.measure_id, one.breakdown): one for one in (terms[-1].left_out if terms else ())}
    return PublicRelease(
        area=reading.area,
        name=name,
        term=reading.term,
        label=f"{reading.version.term.title}, version {label}",
        published_on=uk_day(now_text()),
        invented=any(one.version.invented for one in reading.terms),
        measures=reading.measures,
        own=tuple(sorted(own, key=lambda one: (one.period_end, one.period, one.key))),
        beside=reading.beside,
        left_out=tuple(last.values()),
        notes=reading.notes,
        said=reading.said,
        answered=reading.answered,
        corrected=reading.corrected,
        next_on=reading.next_on,
    )


def _files(
    release: PublicRelease, settings: Settings
) -> tuple[tuple[PublicFile, ...], list[Fault]]:
    """Every file; without the family pages where their words do not fit the figures."""
    faults = []
    family: tuple[PublicFile, ...] = ()
    try:
        content = build_content(release, settings.today())
        faults = [Fault("Q19", words) for words in find_faults(content)]
        family = tuple(draw_files(release, content))
    except TemplateMisfit as error:
        faults = [Fault("Q19", str(misfit)) for misfit in error.misfits]
    return (*family, *_open_data(release)), faults


def _open_data(release: PublicRelease) -> Iterator[PublicFile]:
    yield from build_data(release)
    yield from build_api(release)
    yield from build_power_bi(release)


def _bundle(
    reading: Reading,
    decisions: Decisions,
    name: str,
    report: Mapping[str, Any],
    files: tuple[PublicFile, ...],
) -> Bundle:
    versions = {reading.version.id, *(one.version.id for one in reading.terms)}
    return make_bundle(
        area_code=reading.area.code,
        release_version_id=reading.version.id,
        name=name,
        algorithm=decisions.decided.algorithm,
        sources=sorted(versions),
        figures=pack_decided(decisions.decided),
        report=json.dumps(report, sort_keys=True),
        files=files,
    )
