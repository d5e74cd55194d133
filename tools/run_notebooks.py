"""Run the notebooks from top to bottom and write their outputs into them; ``GRAPH`` is the graph to look at.

    python tools/run_notebooks.py [--graph FOLDER] [NOTEBOOK …]

The outputs that are committed are those of the bundled corpus (`kommungraf build corpus --out graph_out`).
"""

from __future__ import annotations

import argparse
import os
import re
from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from PIL import Image

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"


def run(path: Path, graph: Path, seconds: int = 120) -> NotebookNode:
    """A notebook with the outputs that it has on a graph. What a cell raises is raised here."""
    notebook = nbformat.read(path, as_version=4)
    os.environ["KOMMUNGRAF_GRAPH"] = str(graph.resolve())
    client = NotebookClient(
        notebook, timeout=seconds, kernel_name="python3", resources={"metadata": {"path": path.parent}}
    )
    try:
        client.execute()
    finally:
        del os.environ["KOMMUNGRAF_GRAPH"]
    return tidy(notebook)


def tidy(notebook: NotebookNode) -> NotebookNode:
    """A notebook without what differs from run to run and from machine to machine: times, versions, addresses."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        cell.metadata = {}
        for output in cell.get("outputs", []):
            output.pop("metadata", None)
            if output.output_type in ("display_data", "execute_result"):
                output.metadata = {}
                text = output.data.get("text/plain", "")
                output.data["text/plain"] = re.sub(r" at 0x[0-9a-f]+", "", text)
                if "image/png" in output.data:
                    output.data["image/png"] = smaller(output.data["image/png"])
    return notebook


def smaller(figure: str) -> str:
    """A figure with a palette of its own, a third of the size: figures have few colours."""
    few = Image.open(BytesIO(b64decode(figure))).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    target = BytesIO()
    few.save(target, "PNG", optimize=True)
    return b64encode(target.getvalue()).decode("ascii") + "\n"


def main() -> None:
    """Run the notebooks named, or all, and write them back."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="*", type=Path, default=sorted(NOTEBOOKS.glob("*.ipynb")))
    parser.add_argument("--graph", type=Path, default=Path("graph_out"))
    arguments = parser.parse_args()
    for path in arguments.notebooks:
        nbformat.write(run(path, arguments.graph), path)
        print(path)


if __name__ == "__main__":
    main()
