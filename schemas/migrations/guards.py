"""The guards in the database itself: what nobody may write, whatever program they write with.

The record and what was sent, said and agreed are never changed. Figures change in a draft only.
A release takes only the steps of sign-off, each by somebody else, on the same content.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

KEPT = (
    "extract_file",
    "attestation",
    "explanation",
    "agreement",
    "announcement",
    "public_notice",
    "act",
)
# A publication is never edited: another one takes its place, or its version is withdrawn.
KEPT_0004 = ("public_body", "public_bundle", "public_file", "public_source", "protection")
KEPT_0005 = ("plan_file", "digest", "digest_sent")
_WRITTEN = ("invented", "plan_file_id", "person_id", "written_by_role", "written_at")
ENDS_0005: Mapping[str, Sequence[str]] = {
    "plan_area": ("id", "area_code", "number", "title", "impact", *_WRITTEN),
    "plan_action": (
        "id",
        "area_code",
        "number",
        "plan_area_number",
        "task",
        "lead",
        "others",
        "start_words",
        "start_on",
        "finish_words",
        "finish_on",
        "evidence",
        "status",
        "note",
        "measures",
        *_WRITTEN,
    ),
    "plan_path": ("id", "area_code", "measure_id", "term", "value", "agreed", *_WRITTEN),
    "subscription": (
        "id",
        "person_id",
        "area_code",
        "scope",
        "subject",
        "by_mail",
        "made_at",
    ),
}
_STEPS = (
    ("draft", "checked"),
    ("checked", "agreed"),
    ("agreed", "published"),
    ("agreed", "corrected"),
    ("checked", "draft"),
    ("agreed", "draft"),
    ("published", "superseded"),
    ("corrected", "superseded"),
    ("published", "withdrawn"),
    ("corrected", "withdrawn"),
    ("superseded", "withdrawn"),
)
_NO_STEP = " AND ".join(f"NOT (OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in _STEPS)
_FILES = (
    "SELECT extract_file_id FROM observation "
    "WHERE release_version_id = NEW.id AND superseded_by_id IS NULL"
)
_SENT = f"SELECT person_id FROM attestation WHERE extract_file_id IN ({_FILES})"
_AGREED = (
    "SELECT 1 FROM agreement WHERE release_version_id = NEW.id "
    "AND content_sha256 = NEW.content_sha256 AND forum {forum}"
)
_GROUP = _AGREED.format(forum="= 'group'")
_ABOVE = _AGREED.format(forum="IN ('board', 'officers')")
_TOLD = "SELECT 1 FROM public_notice WHERE release_version_id = NEW.id AND kind IN ({kinds})"
_CORRECTED, _WITHDRAWN = "'correction', 'revision'", "'withdrawal'"
_BEFORE = (
    "SELECT 1 FROM release_version AS other WHERE other.release_id = NEW.release_id "
    "AND other.published_at IS NOT NULL AND other.id <> NEW.id"
)
_LEAVES = "NEW.state <> OLD.state AND NEW.state"

# (what is refused, when). Only invented figures may go straight from draft to published.
_REFUSED = (
    (
        "a release cannot take this step",
        f"NEW.state <> OLD.state AND {_NO_STEP} AND NOT "
        "(OLD.state = 'draft' AND NEW.state = 'published' AND NEW.invented = 1)",
    ),
    (
        "a release is checked on a fixed content, by a named person",
        f"{_LEAVES} = 'checked' AND (NEW.content_sha256 IS NULL OR NEW.checked_by_id IS NULL)",
    ),
    (
        "somebody has to answer for every file of a release before it is checked",
        f"{_LEAVES} = 'checked' AND EXISTS (SELECT 1 FROM ({_FILES}) AS sent "
        "WHERE sent.extract_file_id NOT IN (SELECT extract_file_id FROM attestation))",
    ),
    (
        "nobody checks what they sent",
        f"{_LEAVES} = 'checked' AND NEW.checked_by_id IN ({_SENT})",
    ),
    (
        "nobody agrees what they sent or checked",
        f"{_LEAVES} = 'agreed' AND (NEW.agreed_by_id IS NULL "
        f"OR NEW.agreed_by_id = NEW.checked_by_id OR NEW.agreed_by_id IN ({_SENT}))",
    ),
    (
        "a release needs the Group’s agreement and the Board’s or two officers’, on this content",
        f"{_LEAVES} = 'agreed' AND NOT (EXISTS ({_GROUP}) AND EXISTS ({_ABOVE}))",
    ),
    (
        "a release is published by a named person, at a time, under a label",
        f"{_LEAVES} IN ('published', 'corrected') AND OLD.state = 'agreed' AND "
        "(NEW.published_by_id IS NULL OR NEW.published_at IS NULL OR NEW.label IS NULL)",
    ),
    (
        "a release that was published before is corrected",
        f"{_LEAVES} = 'published' AND OLD.state = 'agreed' AND EXISTS ({_BEFORE})",
    ),
    (
        "a correction tells everyone what was wrong",
        f"{_LEAVES} = 'corrected' AND NOT EXISTS ({_TOLD.format(kinds=_CORRECTED)})",
    ),
    (
        "a withdrawal tells everyone why",
        f"{_LEAVES} = 'withdrawn' AND NOT EXISTS ({_TOLD.format(kinds=_WITHDRAWN)})",
    ),
    (
        "a draft has no fixed content and nobody’s agreement",
        "NEW.state = 'draft' AND (NEW.content_sha256 IS NOT NULL OR NEW.checked_by_id IS NOT NULL "
        "OR NEW.agreed_by_id IS NOT NULL)",
    ),
    (
        "what was checked keeps its content, and what was published its time and label",
        "NEW.state <> 'draft' AND OLD.state <> 'draft' AND ("
        "NEW.content_sha256 IS DISTINCT FROM OLD.content_sha256 "
        "OR NEW.checked_by_id IS DISTINCT FROM OLD.checked_by_id "
        "OR (OLD.agreed_by_id IS NOT NULL AND NEW.agreed_by_id IS DISTINCT FROM OLD.agreed_by_id) "
        "OR NEW.invented <> OLD.invented OR NEW.number <> OLD.number "
        "OR NEW.release_id <> OLD.release_id "
        "OR (OLD.published_at IS NOT NULL AND (NEW.published_at IS DISTINCT FROM OLD.published_at "
        "OR NEW.published_by_id IS DISTINCT FROM OLD.published_by_id "
        "OR NEW.label IS DISTINCT FROM OLD.label)))",
    ),
)
_NOT_A_DRAFT = "(SELECT state FROM release_version WHERE id = {row}.release_version_id) <> 'draft'"
FIXED = "the figures of a release that is not a draft are fixed"


def guards(dialect: str) -> Iterator[str]:
    """The statements that make every guard, for `sqlite` or `postgresql`."""
    yield from _postgresql() if dialect == "postgresql" else _sqlite()


def every_guard(dialect: str) -> Iterator[str]:
    """Those of all migrations together, as a database with the newest tables has them."""
    yield from guards(dialect)
    yield from keep_unchanged(dialect, (*KEPT_0004, *KEPT_0005))
    yield from may_only_end(dialect, ENDS_0005)


def keep_unchanged(dialect: str, tables: Iterable[str]) -> Iterator[str]:
    """The statements that refuse every change to what stands in these tables."""
    for table in tables:
        yield from _kept_postgresql(table) if dialect == "postgresql" else _kept_sqlite(table)


def may_only_end(dialect: str, tables: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The statements that let a row of these tables end once, and refuse every other change.

    Args:
        tables: of each the columns beside `ended_at`.
    """
    for table, columns in tables.items():
        other = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in columns)
        ends = f"OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR {other}"
        refused = ((f"a row of {table} can only end, once", ends),)
        gone = f"a row of {table} is never deleted"
        if dialect == "postgresql":
            yield _function(f"{table}_ends", refused)
            yield _trigger(f"{table}_ends", "UPDATE", table)
            yield _function(f"{table}_stays", ((gone, "TRUE"),))
            yield _trigger(f"{table}_stays", "DELETE", table)
            yield _trigger(f"{table}_stays_whole", "TRUNCATE", table, f"{table}_stays", "STATEMENT")
        else:
            yield _sqlite_trigger(f"{table}_ends", "UPDATE", table, refused)
            yield _sqlite_trigger(f"{table}_stays", "DELETE", table, ((gone, "1"),))


def _kept_sqlite(table: str) -> Iterator[str]:
    for verb in ("UPDATE", "DELETE"):
        name = f"{table}_kept_{verb.lower()}"
        yield _sqlite_trigger(name, verb, table, ((f"{table} is never changed", "1"),))


def _kept_postgresql(table: str) -> Iterator[str]:
    name = f"{table}_kept"
    yield _function(name, ((f"{table} is never changed", "TRUE"),))
    yield _trigger(name, "UPDATE OR DELETE", table)
    yield _trigger(f"{name}_whole", "TRUNCATE", table, name, "STATEMENT")


def _sqlite() -> Iterator[str]:
    yield from keep_unchanged("sqlite", KEPT)
    yield _sqlite_trigger(
        "release_version_begins",
        "INSERT",
        "release_version",
        (("a release begins as a draft", "NEW.state <> 'draft'"),),
    )
    yield _sqlite_trigger("release_version_steps", "UPDATE", "release_version", _REFUSED)
    gone = (("a release version is never deleted", "1"),)
    yield _sqlite_trigger("release_version_stays", "DELETE", "release_version", gone)
    for verb, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
        when = " OR ".join(_NOT_A_DRAFT.format(row=row) for row in rows)
        name = f"observation_fixed_{verb.lower()}"
        yield _sqlite_trigger(name, verb, "observation", ((FIXED, when),))


def _sqlite_trigger(name: str, verb: str, table: str, refused: tuple[tuple[str, str], ...]) -> str:
    tests = "".join(f"SELECT RAISE(ABORT, '{said}') WHERE {when}; " for said, when in refused)
    tests = tests.replace("IS DISTINCT FROM", "IS NOT")  # as SQLite said it before 3.39
    return f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN {tests}END"


def _postgresql() -> Iterator[str]:
    yield from keep_unchanged("postgresql", KEPT)
    begins = (("a release begins as a draft", "NEW.state <> 'draft'"),)
    yield _function("release_version_begins", begins)
    yield _trigger("release_version_begins", "INSERT", "release_version")
    yield _function("release_version_steps", _REFUSED)
    yield _trigger("release_version_steps", "UPDATE", "release_version")
    yield _function("release_version_stays", (("a release version is never deleted", "TRUE"),))
    yield _trigger("release_version_stays", "DELETE", "release_version")
    # Rows arrive by the hundred thousand: one look at all of them, not one at each.
    for verb, seen in (("INSERT", "NEW"), ("DELETE", "OLD"), ("UPDATE", "OLD")):
        fixed = (
            "EXISTS (SELECT 1 FROM seen JOIN release_version v ON v.id = seen.release_version_id "
            "WHERE v.state <> 'draft')"
        )
        name = f"observation_fixed_{verb.lower()}"
        yield _function(name, ((FIXED, fixed),))
        yield (
            f"CREATE TRIGGER {name} AFTER {verb} ON observation REFERENCING {seen} TABLE AS seen "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )


def _function(name: str, refused: tuple[tuple[str, str], ...]) -> str:
    tests = "".join(
        f"IF {when} THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'; END IF; "
        for said, when in refused
    )
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {tests}"
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )


def _trigger(name: str, verb: str, table: str, function: str = "", each: str = "ROW") -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION {function or name}()"
    )
