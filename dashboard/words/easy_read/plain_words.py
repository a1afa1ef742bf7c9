"""The words and phrases that families should not have to read, each with what to write."""

from collections.abc import Mapping

# Whole words, with their endings; the longest is looked for first.
PLAIN: Mapping[str, str] = {
    "statutory": "the law says",
    "timeliness": "on time",
    "timely": "on time",
    "issued": "ready",
    "finalised": "ready",
    "cohort": "group of children",
    "cohorts": "groups of children",
    "provision": "help",
    "provisions": "help",
    "outcome": "what changes for the child",
    "outcomes": "what changes for children",
    "median": "half of the children waited less, half waited longer",
    "percentage": "out of 10",
    "percentages": "out of 10",
    "percentile": "9 out of 10 children waited less than this",
    "proportion": "out of 10",
    "average": "half of the children waited less, half waited longer",
    "the mean": "half of the children waited less, half waited longer",
    "pathway": "steps",
    "pathways": "steps",
    "trajectory": "how it changes",
    "stakeholder": "people",
    "stakeholders": "people",
    "e.g.": "for example",
    "i.e.": "that is",
    "etc": "and more",
    "multi-agency": "different services together",
    "multi-disciplinary": "different experts together",
    "co-production": "working together with families",
    "coproduction": "working together with families",
    "commission": "pay for",
    "commissioned": "paid for",
    "commissioning": "paying for",
    "capacity": "enough staff",
    "workforce": "staff",
    "recruitment": "finding new staff",
    "backlog": "people who wait",
    "caseload": "number of children",
    "intervention": "help",
    "interventions": "help",
    "implement": "start",
    "implemented": "started",
    "implementation": "starting",
    "mitigate": "make better",
    "signpost": "tell people where to get help",
    "signposting": "telling people where to get help",
    "utilise": "use",
    "utilised": "used",
    "facilitate": "help",
    "prior to": "before",
    "in order to": "to",
    "with regard to": "about",
    "regarding": "about",
    "commence": "start",
    "commenced": "started",
    "additional": "more",
    "approximately": "about",
    "sufficient": "enough",
    "insufficient": "not enough",
    "assistance": "help",
    "require": "need",
    "requires": "needs",
    "required": "needed",
    "prioritise": "do first",
    "prioritised": "did first",
    "robust": "strong",
    "holistic": "as a whole",
    "compliance": "doing what the law says",
    "compliant": "doing what the law says",
    "legislation": "the law",
    "attainment": "how well children do at school",
    "threshold": "rule for who gets help",
    "eligible": "can have",
    "designated": "chosen",
    "benchmark": "compare",
    "dataset": "numbers",
}

# No league table on a page for families.
RANKS = ("rank", "ranked", "ranking", "best", "worst", "top", "bottom", "league table")

IDIOMS = (
    "on track",
    "in the pipeline",
    "tip of the iceberg",
    "going forward",
    "on the same page",
    "across the board",
    "at the end of the day",
    "deep dive",
    "quick win",
    "step change",
    "bear fruit",
    "in the loop",
    "hit the ground running",
    "a long way to go",
    "turn the corner",
    "turned a corner",
    "under pressure",
)

# Ways to say one thing; a text keeps to one of them. The first is the one to use.
SYNONYMS = (
    ("plan", "EHC plan", "EHCP", "Education, Health and Care plan", "statement"),
    ("council", "local authority"),
    ("child", "pupil", "learner", "student"),
    ("family", "household"),
    ("doctor", "clinician"),
)

# ADHD and SENDIASS are the only names that families know; the glossary explains them.
INITIALS = frozenset({"SEND", "NHS", "UK", "BSL", "ADHD", "SENDIASS"})

# As a part of a pattern.
NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|"
    "thousand"
)
