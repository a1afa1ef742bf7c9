"""The topics that families can say something about: by their names in addresses."""

import re

from sqlalchemy import Connection, select

from schemas.public_tables import feedback, public_bundle, public_file, you_said

_SLUG = re.compile(r"[a-z0-9-]{1,40}")
_PAGE = re.compile(r"easy-read/([a-z0-9-]{1,40})/index\.html")
_NO_TOPICS = frozenset(["assets", "hard-words"])


def is_topic(slug: str) -> bool:
    """Whether it could be one; "" stands for all pages together."""
    return slug == "" or _SLUG.fullmatch(slug) is not None


def get_topics(connection: Connection, area_code: str) -> list[str]:
    """Those of the newest publication, and those that something was said or answered of."""
    newest = (
        select(public_bundle.c.id)
        .where(public_bundle.c.area_code == area_code)
        .order_by(public_bundle.c.id.desc())
        .limit(1)
    )
    paths = select(public_file.c.path).where(public_file.c.bundle_id == newest.scalar_subquery())
    found = {page[1] for path in connection.scalars(paths) if (page := _PAGE.fullmatch(path))}
    for table in (feedback, you_said):
        topics = select(table.c.topic).where(table.c.area_code == area_code).distinct()
        found.update(connection.scalars(topics))
    return sorted(found - _NO_TOPICS - {""})


def topic_words(slug: str) -> str:
    """`Plans on time`, as staff read it."""
    return slug.replace("-", " ").capitalize() or "All pages"
