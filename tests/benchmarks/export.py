"""How long an export takes beside what Jupyter takes by itself: ``python tests/benchmarks/export.py [TIMES]``.

Prints, for each round, the seconds that bare ``nbconvert --execute`` takes for a notebook that imports pandas and
matplotlib and does nothing, and for the project's own notebooks, and the seconds of ``analysis export`` on the seeds,
which also makes the pages of reports and places; then the median ratios of the export to both. All run back to back,
because what else a machine does changes from minute to minute.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).resolve().parent.parent.parent
GOAL = 1.5
# nbconvert loads every exporter that is installed before it starts; bare means without this project's own.
BARE = """
import nbconvert.exporters.base as base
everyone = base.entry_points
base.entry_points = lambda **group: [e for e in everyone(**group) if not e.value.startswith("analysis.")]
from nbconvert.nbconvertapp import main
main()
"""


def seconds(*command: str | Path) -> float:
    """How long a command takes; what it says is of no interest."""
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, *map(str, command)], cwd=ROOT, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def main(times: int) -> None:
    """Print the rounds and the median."""
    to_least, to_same = [], []
    own = sorted((ROOT / "notebooks").glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder, "empty.ipynb")
        cell = new_code_cell("import pandas\nimport matplotlib.pyplot")
        nbformat.write(new_notebook(cells=[cell]), empty)
        bare = ("-c", BARE, "--execute", "--to", "html", "--output-dir", Path(folder, "bare"))
        for _ in range(times):
            least, same = seconds(*bare, empty), seconds(*bare, *own)
            export = seconds("-m", "analysis", "export", "--to", Path(folder, "pages"))
            to_least.append(export / least)
            to_same.append(export / same)
            print(
                f"bare nbconvert {least:5.2f} s, of the same notebooks {same:5.2f} s; export {export:5.2f} s: "
                f"ratios {to_least[-1]:.2f} and {to_same[-1]:.2f}",
                flush=True,
            )
    print(f"median ratios {median(to_least):.2f} (the goal is {GOAL}) and {median(to_same):.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
