"""The sheets of a plan's workbook, their columns, and what else people write for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from schemas.text import plain


@dataclass(frozen=True)
class Column:
    """One column: its heading in the template and other headings that mean it. A `needed` one
    has to be there, though its cells may be blank."""

    id: str
    heading: str
    synonyms: tuple[str, ...] = ()
    needed: bool = True
    help: str = ""
    width: int = 20


@dataclass(frozen=True)
class PlanSheet:
    """One sheet: its name in the template, other names, and its columns in order."""

    id: str
    name: str
    synonyms: tuple[str, ...]
    about: str
    columns: tuple[Column, ...]
    needed: bool = True

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(plain(name) for name in (self.name, self.id, *self.synonyms))

    @cached_property
    def by_heading(self) -> Mapping[str, Column]:
        return {
            plain(text): column
            for column in self.columns
            for text in (column.heading, *column.synonyms)
        }


AREAS = PlanSheet(
    "areas",
    "Areas for improvement",
    ("areas", "improvement areas", "priorities", "priority areas"),
    "What has to improve, one area a row.",
    (
        Column("number", "Number", ("no", "ref", "reference", "area number"), width=10),
        Column("title", "Title", ("area for improvement", "priority", "heading", "name of area")),
        Column(
            "impact",
            "Expected impact",
            ("impact", "impact statement", "what should come of it", "intended impact"),
            needed=False,
            help="The paragraph on what families and children should notice.",
            width=70,
        ),
    ),
)

ACTIONS = PlanSheet(
    "actions",
    "Actions",
    ("action plan", "action", "tasks", "plan", "improvement plan"),
    "What is done about it, one action a row; an action with lettered parts has a row for each.",
    (
        Column("number", "Number", ("no", "ref", "reference", "action number", "action"), width=10),
        Column(
            "area",
            "Area for improvement",
            ("area", "area number", "priority", "improvement area"),
            help="The number or the title of an area on the first sheet.",
        ),
        Column("task", "Task", ("tasks", "what", "what we will do", "activity"), width=50),
        Column(
            "lead",
            "Lead",
            ("lead by role", "lead officer", "owner", "who", "responsible", "accountable"),
            help="A role or a team, never a person's name.",
        ),
        Column(
            "others",
            "Other resources",
            ("resources", "others", "others involved", "supported by", "partners"),
            needed=False,
        ),
        Column(
            "start_words",
            "Start",
            ("start date", "from", "started", "begin", "begins"),
            help="A month (April 2025), a term (Spring 2025), a day, or words. May be blank.",
            width=16,
        ),
        Column(
            "finish_words",
            "Finish",
            ("finish date", "end", "end date", "by", "by when", "due", "due date", "deadline"),
            help="The same. A month lasts to its last day, a term to the end of its last month.",
            width=16,
        ),
        Column(
            "evidence",
            "Evidence of outcomes",
            ("evidence", "evidence of outcome", "outcome", "outcomes", "evidence of impact"),
            needed=False,
            help="What came of it. An action that is done has to have it.",
            width=44,
        ),
        Column("status", "Status", ("rag", "state", "progress status"), needed=False, width=14),
        Column(
            "note",
            "Note",
            ("notes", "comment", "comments", "progress", "update", "progress note"),
            needed=False,
            width=44,
        ),
        Column(
            "measures",
            "Measures",
            ("measure", "measures that should move", "indicators", "kpi", "kpis"),
            needed=False,
            help="The measures that should move, with a semicolon between them. The sheet "
            "“Measures” lists them. Leave it blank when no measure shows the action.",
            width=44,
        ),
    ),
)

PATHS = PlanSheet(
    "paths",
    "Paths to targets",
    ("paths", "path", "trajectories", "trajectory", "milestones"),
    "Agreed values on the way to a target, one measure and term a row. It may be left out.",
    (
        Column("measure", "Measure", ("indicator", "kpi"), width=44),
        Column("term", "Term", ("period", "by term", "end of term"), width=18),
        Column(
            "value",
            "Expected value",
            ("value", "target", "expected", "milestone", "trajectory"),
            help="In the measure's own unit: 80 for 80%, 126 for 126 days.",
            width=14,
        ),
        Column(
            "agreed",
            "Agreed by",
            ("agreed", "agreed at", "who agreed", "source"),
            help="The board or group and when, such as “Partnership Board of March 2026”.",
            width=40,
        ),
    ),
    needed=False,
)

SHEETS = (AREAS, ACTIONS, PATHS)

# What else people write for a status.
STATUSES: Mapping[str, str] = {
    plain(said): status
    for status, every in {
        "not_started": ("not started", "not begun", "to start", "not yet started", "planned", "-"),
        "on_track": ("on track", "in progress", "started", "underway", "ongoing", "green"),
        "at_risk": ("at risk", "some risk", "amber", "slipping", "some delay"),
        "late": ("late", "delayed", "overdue", "behind", "off track", "red"),
        "done": ("done", "complete", "completed", "finished", "closed", "achieved", "blue"),
        "stopped": ("stopped", "cancelled", "abandoned", "withdrawn", "on hold", "paused"),
    }.items()
    for said in every
}
