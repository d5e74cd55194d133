"""Take a plot out of a committed notebook, for the README: ``python tools/notebook_picture.py NOTEBOOK N OUT.png``."""

import base64
import sys
from pathlib import Path

import nbformat

notebook, number, out = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
cells = nbformat.read(notebook, as_version=4).cells
plots = [
    output.data["image/png"]
    for cell in cells
    for output in cell.get("outputs", [])
    if "image/png" in output.get("data", {})
]
out.write_bytes(base64.b64decode(plots[number - 1]))
