"""Question: what people ask of the dashboard, and the page that answers it at one look."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from schemas.definition import Definition, DefinitionError, Fault
from schemas.measure import load_measures
from schemas.resources import resource_folder

Words = Annotated[str, Field(min_length=1)]
MOST = 4  # measures that one question leads to


class QuestionError(DefinitionError):
    """The list of questions cannot be used."""


class Question(Definition):
    """One question and where its answer stands.

    `page` is where the links lead, to the heading `anchor`, with the breakdown `by` chosen.
    A question that no measure answers has none, and says so in `unanswered`.
    """

    number: Annotated[int, Field(ge=1)]
    asker: Words
    words: Annotated[str, Field(pattern=r"^[A-Z].*\?$", max_length=120)]
    measures: Annotated[tuple[str, ...], Field(max_length=MOST)] = ()
    page: Literal["measure", "overview", "gaps", "compare"] = "measure"
    anchor: Annotated[str, Field(pattern=r"^[a-z-]*$")] = ""
    by: str = ""
    unanswered: Annotated[str, Field(pattern=r"^([A-Z].*\.)?$")] = ""

    @field_validator("measures")
    @classmethod
    def _known_measures(cls, ids: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [name for name in ids if name not in load_measures()]
        if unknown:
            raise ValueError(f"there is no measure {', '.join(unknown)}")
        return ids

    @field_validator("words")
    @classmethod
    def _plain_words(cls, words: str) -> str:
        if "_" in words:
            raise ValueError("names a measure by its id; say what people call it")
        return words

    @model_validator(mode="after")
    def _is_answered_or_says_so(self) -> Self:
        if bool(self.measures) == bool(self.unanswered):
            raise ValueError("has either measures or unanswered")
        return self

    @model_validator(mode="after")
    def _has_the_breakdown(self) -> Self:
        named = (load_measures()[name] for name in self.measures) if self.by else ()
        without = [one.id for one in named if (self.by,) not in one.source.breakdowns]
        if without:
            raise ValueError(f"{', '.join(without)} has no breakdown by {self.by}")
        return self


class _Questions(Definition):
    questions: tuple[Question, ...]

    @field_validator("questions")
    @classmethod
    def _in_order(cls, found: tuple[Question, ...]) -> tuple[Question, ...]:
        if [one.number for one in found] != [*range(1, len(found) + 1)]:
            raise ValueError("are not numbered 1, 2, 3 and so on")
        return found


@cache
def load_questions(path: Path | None = None) -> tuple[Question, ...]:
    """Every question, by number.

    Raises:
        QuestionError: listing every fault of the file.
    """
    path = path or resource_folder("data") / "questions.toml"
    try:
        return _Questions.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).questions
    except ValidationError as error:
        faults = [_fault(path.name, one["loc"], one["msg"]) for one in error.errors()]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults = [Fault(path.name, "file", f"is not TOML: {error}")]
    raise QuestionError(faults)


def _fault(file: str, where: Iterable[int | str], message: str) -> Fault:
    return Fault(file, ".".join(map(str, where)), message.removeprefix("Value error, "))
