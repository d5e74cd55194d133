"""The generated pages are what the code says now."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("tool", ["cli_page", "architecture_page", "ontology_page"])
def test_the_page_is_current(tool: str) -> None:
    done = subprocess.run([sys.executable, ROOT / "tools" / f"{tool}.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "run: make docs"
