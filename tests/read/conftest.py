"""Lets the tests of this folder import the PDFs that they draw (``read_pdfs``)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
