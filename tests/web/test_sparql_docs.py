"""The page for analysts: what it says of the limits is so, and its commands run."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest
from rdflib import Graph
from sparql_servers import Served

from kommungraf.limits import ServeLimits
from kommungraf.web.endpoint.forms import GRAPHS, TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "endpoint.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8000"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_table_of_limits_has_each_with_its_value() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \| ([\d.]+) \| .+ \|$", PAGE, re.MULTILINE))
    assert told == {field.name: str(field.default) for field in fields(ServeLimits)}


@pytest.mark.parametrize(("kinds", "forms"), [("SELECT, ASK", TABLES), ("CONSTRUCT, DESCRIBE", GRAPHS)])
def test_all_forms_are_named(kinds: str, forms: tuple) -> None:
    row = re.search(rf"^\| {kinds} \| (.+) \|$", PAGE, re.MULTILINE)
    assert row is not None
    assert re.findall(r"`(\w+)`", row[1]) == [form.name for form in forms]


@pytest.mark.parametrize("command", blocks("sh"))
def test_commands(endpoint: Served, tmp_path: Path, command: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed: apt-get install curl")
    command = command.replace(ADDRESS, endpoint.url).replace("curl -sS", "curl -sS --fail-with-body")
    done = subprocess.run(["bash", "-ec", command], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("\n") >= 2, "a table with rows"


def test_pandas_sparqlwrapper_and_rdflib(endpoint: Served) -> None:
    known: dict[str, object] = {}
    for code in blocks("python"):
        exec(code.replace(ADDRESS, endpoint.url), known)
    frame, names, part = known["frame"], known["names"], known["part"]
    assert isinstance(frame, pd.DataFrame)
    assert isinstance(names, list)
    assert isinstance(part, Graph)
    assert (list(frame.columns), len(frame), len(names), len(part)) == (["s", "name"], 10, 10, 3)
