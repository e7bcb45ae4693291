"""Draws README's picture from the seeds, and prints its alternative text for the README to repeat.

Run by `make picture`.
"""

from pathlib import Path

import matplotlib

import analysis

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / ".readme" / "attainment.png"

matplotlib.use("agg")
tables = analysis.tabulate(analysis.read(ROOT / "seeds"))
axes = analysis.charts.attainment(tables.aimed)
PICTURE.parent.mkdir(exist_ok=True)
axes.figure.savefig(PICTURE, dpi=110)
print(f"Wrote {PICTURE.relative_to(ROOT)}. Its alternative text:\n{analysis.charts.alt_text(axes)}")
