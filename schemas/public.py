"""What an area shows everyone: from which term, under which licence, beside which site."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from schemas.definition import Definition
from schemas.term import parse_term

Words = Annotated[str, Field(min_length=1)]
OPEN_GOVERNMENT_LICENCE = "Open Government Licence v3.0"
_ORIGIN = re.compile(r"https://[a-z0-9.-]+(:\d+)?")


class Reviewed(Definition):
    """Who with a learning disability read and checked the easy-read pages, and when: a group, not
    a person."""

    by: Words
    on: dt.date


class AccessibilityFacts(Definition):
    """What only the area can say in its accessibility statement. What is "" is marked as a gap on
    the page, so that nobody mistakes it for an answer."""

    email: str = ""
    phone: str = ""
    post: str = ""
    reply_days: Annotated[int, Field(ge=0, le=60)] = 0
    prepared_on: dt.date | None = None
    reviewed_on: dt.date | None = None
    tested_on: dt.date | None = None
    tested_by: str = ""


class PublicSettings(Definition):
    """One area's settings for everyone, the table `[public]` of its file. An area without it
    publishes to its partners only.

    `since` is the first term whose own figures everyone sees. `address` is where the site stands,
    without a stroke at its end. `frame_origins` are the sites that may show the easy-read pages in
    a frame. `few_places` names, by filter, the categories with fewer than three establishments or
    with nearly all children in one: their figures are never shown by themselves.
    """

    since: Words
    address: str = ""
    licence: Words = OPEN_GOVERNMENT_LICENCE
    licence_address: str = (
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    )
    frame_origins: tuple[str, ...] = ()
    few_places: Mapping[str, tuple[str, ...]] = {}
    comment_phone: str = ""
    comment_post: str = ""
    reviewed: Reviewed | None = None
    accessibility: AccessibilityFacts = AccessibilityFacts()

    @field_validator("since")
    @classmethod
    def _a_term(cls, words: str) -> str:
        term = parse_term(words)
        if term is None:
            raise ValueError(f"{words} is not a term, such as 2024-25 autumn")
        return term.label

    @field_validator("frame_origins")
    @classmethod
    def _origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [one for one in origins if not _ORIGIN.fullmatch(one)]
        if wrong:
            raise ValueError(f"{', '.join(wrong)} is not an origin, such as https://www.a.gov.uk")
        return origins

    @model_validator(mode="after")
    def _address_is_whole(self) -> Self:
        if self.address and not re.fullmatch(r"https?://[^\s/]+(/[^\s]*[^\s/])?", self.address):
            raise ValueError("address: write it whole and without a stroke at its end")
        return self
