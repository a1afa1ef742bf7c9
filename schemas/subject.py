"""Subject: the measures that a priority or a note is about, by name or by theme; all are known."""

from typing import Self, get_args

from pydantic import field_validator, model_validator

from schemas.definition import Definition
from schemas.measure import Measure, load_measures

_THEMES: tuple[str, ...] = get_args(Measure.model_fields["theme"].annotation)


class Subject(Definition):
    """Single `measures`, every measure of `themes`, or both."""

    themes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

    def names(self, measure: Measure) -> bool:
        return measure.id in self.measures or measure.theme in self.themes

    @field_validator("themes")
    @classmethod
    def _known_themes(cls, themes: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [theme for theme in themes if theme not in _THEMES]
        if unknown:
            raise ValueError(f"there is no theme {', '.join(unknown)}")
        return themes

    @field_validator("measures")
    @classmethod
    def _known_measures(cls, ids: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [name for name in ids if name not in load_measures()]
        if unknown:
            raise ValueError(f"there is no measure {', '.join(unknown)}")
        return ids

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not self.themes and not self.measures:
            raise ValueError("needs themes or measures")
        return self
