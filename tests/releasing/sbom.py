"""Writes the software bill of materials (CycloneDX 1.6): `make sbom` puts it into dist/.

The tool of CycloneDX itself reads the environment. What only the tests need is taken out, and so
is every address (package URLs say what something is without one); what we carry in our own files
is added.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.utils import canonicalize_name

from tests.releasing.carried import CARRIED, Carried
from tests.releasing.distributions import ROOT, Needed, find_needed, read_project

PATH = ROOT / "dist" / "sbom.json"


def make_sbom() -> str:
    """The bill as JSON, the same for the same environment.

    Raises:
        ValueError: it would not be valid CycloneDX.
    """
    bill = _read_environment()
    needed = {one.name: one for one in find_needed()}
    root = bill["metadata"]["component"]
    found: dict[str, Any] = {canonicalize_name(one["name"]): one for one in bill["components"]}
    kept = [_cleaned(found[name], one) for name, one in needed.items()]
    root["licenses"] = _licences(read_project()["license"])
    for one in (root, *bill["metadata"]["tools"]["components"]):
        one.pop("externalReferences", None)
    bill["components"] = [*kept, *map(_of_carried, CARRIED)]
    bill["dependencies"] = _dependencies(root["bom-ref"], needed, found)
    text = json.dumps(bill, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault:
        raise ValueError(str(fault))
    return text


def _read_environment() -> dict[str, Any]:
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--short-PURLs"]
    options = [
        "--no-validate",
        "--output-reproducible",
        "--spec-version",
        "1.6",
        "--pyproject",
        "pyproject.toml",
    ]
    run = subprocess.run(
        [*command, *options, sys.executable], cwd=ROOT, check=True, capture_output=True
    )
    bill: dict[str, Any] = json.loads(run.stdout)
    return bill


def _cleaned(component: Mapping[str, Any], one: Needed) -> dict[str, Any]:
    """Without addresses, and under the licence of docs/licences.md."""
    kept = {key: value for key, value in component.items() if key != "externalReferences"}
    return {**kept, "licenses": _licences(one.licence)}


def _licences(expression: str) -> list[dict[str, Any]]:
    if " " in expression:
        return [{"expression": expression}]
    return [{"license": {"id": expression}}]


def _of_carried(one: Carried) -> dict[str, Any]:
    total = hashlib.sha256()
    for path in one.paths():
        total.update((ROOT / path).read_bytes())
    return {
        "type": "library" if one.name == "plotly.js" else "file",
        "bom-ref": one.purl,
        "name": one.name,
        "version": one.version,
        "description": one.use,
        "purl": one.purl,
        "licenses": _licences(one.licence),
        "hashes": [{"alg": "SHA-256", "content": total.hexdigest()}],
        "properties": [{"name": "send-dashboard:file", "value": path} for path in one.paths()],
    }


def _dependencies(
    root: str, needed: Mapping[str, Needed], found: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    refs = {name: str(found[name]["bom-ref"]) for name in needed} | {"": root}
    wants: dict[str, list[str]] = {ref: [] for ref in refs.values()}
    for name, one in needed.items():
        for by in one.by:
            wants[refs[by]].append(refs[name])
    wants[root] += [one.purl for one in CARRIED]
    return [{"ref": ref, "dependsOn": sorted(on)} for ref, on in sorted(wants.items())]


if __name__ == "__main__":
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(make_sbom(), encoding="utf-8")
    print(f"{PATH.relative_to(ROOT)}: {len(json.loads(PATH.read_text())['components'])} components")
