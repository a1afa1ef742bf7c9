"""Whose figures somebody may send: their own organisation's sheets, of this area, and no others."""

from collections.abc import Mapping
from dataclasses import replace

from dashboard.access.person import Person
from dashboard.settings import Settings
from loaders.definitions import Definitions
from loaders.prepare import Prepared
from loaders.problems import Outcome
from loaders.report import Report
from schemas.area_settings import AreaSettings
from schemas.extracts import load_extracts
from schemas.text import plain

_LONGEST = 200  # letters of an answer
_ASKED = ("organisation", "term", "as_at_on", "status")
_BY_COMMAND = ": --area, --term, --as-at and --status."
_BY_FORM = ". Answer the questions “For a CSV file” with it, or use the template."
_TEMPLATE = ": send-dashboard template."


def definitions_of(settings: Settings) -> Definitions:
    return Definitions(settings.measures, load_extracts(), settings.today())


def given_by(actor: Person, area: AreaSettings, answers: Mapping[str, str]) -> dict[str, str]:
    """What the form says of a file, for what its own cover leaves out."""
    given = {name: answers.get(name, "").strip()[:_LONGEST] for name in _ASKED}
    theirs = actor.organisations_in(area.code)
    if not given["organisation"] and len(theirs) == 1:
        given["organisation"] = theirs[0]
    given |= {"area_code": area.code, "prepared_by": actor.job_title}
    return {name: words for name, words in given.items() if words}


def as_theirs(prepared: Prepared, actor: Person, area: AreaSettings) -> Prepared:
    """The file with its sender's organisation as the settings write it; refused whole when it, or
    a sheet of it, is another organisation's."""
    report = prepared.report
    if report.outcome is Outcome.personal_data:
        return prepared
    if report.outcome is Outcome.refused:
        return replace(prepared, report=replace(report, message=_by_form(report.message)))
    theirs = actor.organisations_in(area.code)
    whose = prepared.cover.organisation if prepared.cover else ""
    organisation = next((one for one in theirs if plain(one) == plain(whose)), "")
    why = ""
    if prepared.cover and not organisation:
        why = (
            f"The cover says that these figures are from “{whose}”. You send in those of "
            f"{' and '.join(theirs)}, so nothing was stored."
        )
    why = why or _strange_sheets(report, (organisation,) if organisation else theirs, area)
    if why:
        return replace(
            prepared, report=Report(report.name, Outcome.refused, why), cover=None, observations=()
        )
    cover = replace(prepared.cover, organisation=organisation) if prepared.cover else None
    return replace(prepared, cover=cover)


def _strange_sheets(report: Report, senders: tuple[str, ...], area: AreaSettings) -> str:
    """The sentence about sheets that are not these organisations' to send, or nothing."""
    allowed = {extract for one in senders for extract in area.extracts_of(one)}
    strange = [extract for extract in report.rows_read or {} if extract not in allowed]
    if not strange:
        return ""
    named = "; ".join(_whose(extract, area) for extract in strange)
    return f"{named}. Take it out and send the rest again. Nothing was stored."


def _whose(extract: str, area: AreaSettings) -> str:
    sheet, sender = load_extracts()[extract].sheet, area.sender_of(extract)
    if sender:
        return f"The sheet “{sheet}” is sent by {sender}"
    return f"The sheet “{sheet}” is not among those that {area.name} sends"


def _by_form(message: str) -> str:
    """What the loaders say to somebody at a command line, for somebody at a form."""
    return message.replace(_BY_COMMAND, _BY_FORM).replace(_TEMPLATE, ".")
