"""The notebooks run from top to bottom on the bundled documents, and what is committed is what they print there."""

from __future__ import annotations

import importlib.util
import os
import re
from pathlib import Path
from types import ModuleType

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def runner() -> ModuleType:
    """The tool that runs notebooks; tools/ is no package."""
    spec = importlib.util.spec_from_file_location("run_notebooks", ROOT / "tools" / "run_notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def said(notebook: NotebookNode) -> str:
    """What a reader sees besides figures."""
    return "".join(
        str(one.get("text", "")) + str(one.get("data", {}).get("text/html", "")) for one in outputs(notebook)
    )


def test_there_are_five() -> None:
    assert len(NOTEBOOKS) == 5


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_it_runs_on_the_bundled_documents(path: Path, corpus_graph: Path) -> None:
    notebook = runner().run(path, corpus_graph)
    assert any("image/png" in output.get("data", {}) for output in outputs(notebook)), "at least one figure"
    assert "inget att rita" not in said(notebook), "these documents answer every question"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_what_is_committed_has_outputs_and_tells_nothing_of_a_machine(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert any("image/png" in output.get("data", {}) for output in outputs(notebook)), "at least one figure"
    assert not [output for output in outputs(notebook) if output.output_type in ("error", "stderr")]
    assert sum('GRAPH = "graph_out"' in cell.source for cell in notebook.cells) == 1, "one variable names the graph"
    assert not re.search(r"/(?:home|root|tmp|Users|work)/|0x[0-9a-f]{8}", said(notebook))


def test_an_empty_graph_is_no_error(empty_graph: Path) -> None:
    for path in NOTEBOOKS:
        runner().run(path, empty_graph)


def test_without_a_graph_a_notebook_says_which_command_makes_it(tmp_path: Path) -> None:
    notebook = nbformat.read(NOTEBOOKS[0], as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"][:2]
    where = {"metadata": {"path": str(NOTEBOOKS[0].parent)}}
    os.environ["KOMMUNGRAF_GRAPH"] = str(tmp_path / "nothing")
    try:
        with pytest.raises(CellExecutionError, match="make graph"):
            NotebookClient(notebook, timeout=60, kernel_name="python3", resources=where).execute()
    finally:
        del os.environ["KOMMUNGRAF_GRAPH"]
    (output,) = (output for output in outputs(notebook) if output.output_type == "error")
    assert len(output.traceback) == 1, "the sentence alone, no lines of code"
