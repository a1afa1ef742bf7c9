"""The files of the API of one publication."""

import json
from collections.abc import Iterator
from typing import Any

from dashboard.public.api.description import describe
from dashboard.public.api.documents import build_documents
from dashboard.public.files import API, PublicFile
from dashboard.public.release import PublicRelease

KIND = "application/json"


def build_files(release: PublicRelease) -> Iterator[PublicFile]:
    """`api/index.json`, one file for each list and each measure, and `api/openapi.json`, which
    describes them with examples from this publication."""
    documents = dict(build_documents(release))
    for folder, document in documents.items():
        yield PublicFile(f"{API}/{folder}index.json", KIND, json_bytes(document))
    yield PublicFile(f"{API}/openapi.json", KIND, json_bytes(describe(release, documents)))


def json_bytes(document: Any) -> bytes:
    """Compact, in the order it was made in; what is no number in JSON is an error."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return f"{text}\n".encode()
