"""What people write in headings: short forms, words that say nothing, and words that differ."""

from collections.abc import Mapping

# Short form (in the singular) → the word. Longer ones are known by how they begin: `excl`, `auth`.
SHORT_FORMS: Mapping[str, str] = {
    "appt": "appointment",
    "app": "appointment",
    "asmt": "assessment",
    "assmt": "assessment",
    "average": "mean",
    "avg": "mean",
    "av": "mean",
    "by": "within",
    "closing": "end",
    "ehcp": "plan",
    "ex": "excluding",
    "final": "issued",
    "group": "band",
    "in": "within",
    "inc": "including",
    "longer": "over",
    "max": "longest",
    "maximum": "longest",
    "mths": "month",
    "opening": "start",
    "pupil": "child",
    "under": "within",
    "w": "week",
    "wk": "week",
    "yr": "year",
    "y": "year",
    "≤": "within",
    "<": "within",
    "+": "over",
    "≥": "over",
    ">": "over",
}

_EMPTY = (
    "a an and at be been child children count ehc for from has have is no num number of on per "
    "that the this to total value were with"
)
EMPTY_WORDS = frozenset(_EMPTY.split())

SHARE_WORDS = frozenset(("%", "pc", "pct", "percent", "percentage", "proportion", "rate", "share"))

# A heading with one of these never means a column with the other.
OPPOSITES: tuple[tuple[str, str], ...] = (
    ("within", "over"),
    ("within", "after"),
    ("start", "end"),
    ("within", "out"),  # transferred in and out: `in` is read as `within`
    ("agreed", "refused"),
    ("issued", "not"),
    ("authorised", "unauthorised"),
    ("mean", "median"),
    ("mean", "longest"),
    ("median", "longest"),
    ("persistent", "severe"),
    ("new", "ceased"),
)

# Words by which a column leaves the statutory exceptions out, or says that it does not.
EXCEPTION_WORDS = frozenset(("excluding", "exception", "including"))
