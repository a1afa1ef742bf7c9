"""What people are told in alerts: phrases that hold no figure, for e-mails, and whole sentences."""

from dashboard.alerts.kinds import Kind
from dashboard.words.sentences import theme_words
from schemas.term import Term

_PHRASES = {
    Kind.concern: "A signal of concern: worse than usual",
    Kind.improvement: "A signal of improvement: better than usual",
    Kind.target_missed: "The target is not met",
    Kind.target_met: "The target is met",
    Kind.worse: "Worse than a year before",
    Kind.improved: "Better than a year before",
    Kind.higher: "Higher than a year before",
    Kind.lower: "Lower than a year before",
    Kind.restated: "Published figures were corrected",
    Kind.revised: "Published figures were revised, as was planned",
    Kind.late: "Not sent in by the day it was due",
    Kind.commentary_due: "The owner is asked for their word",
    Kind.commentary_overdue: "The owner’s word is overdue",
}


def thing_phrase(kind: Kind) -> str:
    """`A signal of concern: worse than usual`: of any figure, without it."""
    return _PHRASES[kind]


def published_title(term: Term, done: str) -> str:
    """`The figures of the summer term 2025/26 were published`; `done` may be `corrected` too."""
    return f"The figures of the {_small(term)} were {done}"


def late_title(term: Term) -> str:
    return f"Figures for the {_small(term)} are late"


def overdue_title(term: Term) -> str:
    return f"Owners’ words on the {_small(term)} are overdue"


def looked_sentence(looked: int, chosen: int, tests: int) -> str:
    """`62 measures were looked at, 5 of them in what you chose, with 71 tests. ...`

    Args:
        looked: measures that were looked at; 0 where that is not what it is about.
        chosen: how many of them the person chose.
        tests: how many tests were made of all of them.
    """
    if not looked:
        return ""
    said = f"{_many(looked, 'measure was', 'measures were')} looked at"
    mine = "all of them" if chosen == looked else f"{chosen} of them" if chosen else "none of them"
    said += f", {mine} in what you chose, with {_many(tests, 'test', 'tests')} of change "
    said += "and of usual ups and downs."
    chance = " With so many tests, a few find something where there is only chance."
    return said + (chance if tests >= _SO_MANY else "")


def scope_words(scope: str, title: str) -> str:
    """`Everything`, `The theme “EHC plans”`, `The measure “Plans on time”`."""
    return "Everything" if scope == "everything" else f"The {scope} “{title}”"


def subject_title(scope: str, subject: str, titles: dict[str, str]) -> str:
    """What stands for a choice's subject; of a measure that is gone since, its id.

    Args:
        titles: the short titles of the measures by id.
    """
    if scope == "everything":
        return ""
    return theme_words(subject) if scope == "theme" else titles.get(subject, subject)


_SO_MANY = 20


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _small(term: Term) -> str:
    return f"{term.title[0].lower()}{term.title[1:]}"
