"""The proof, in the order of the library: a folder for each step, and the cases beside them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"
