"""How long an export takes beside the least that Jupyter can do: ``python tests/benchmarks/export.py [TIMES]``.

Prints, for each round, the seconds that bare ``nbconvert --execute`` takes for a notebook that imports pandas and
matplotlib and does nothing, the seconds of ``analysis export`` on the seeds, and their ratio; then the median ratio.
Both run back to back, because what else a machine does changes from minute to minute.
"""

from __future__ import annotations

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
    subprocess.run([sys.executable, *map(str, command)], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def main(times: int) -> None:
    """Print the rounds and the median."""
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder, "empty.ipynb")
        cell = new_code_cell("import pandas\nimport matplotlib.pyplot")
        nbformat.write(new_notebook(cells=[cell]), empty)
        for _ in range(times):
            bare = seconds("-c", BARE, "--execute", "--to", "html", empty)
            export = seconds("-m", "analysis", "export", "--to", Path(folder, "pages"))
            ratios.append(export / bare)
            print(f"bare nbconvert {bare:5.2f} s   export {export:5.2f} s   ratio {ratios[-1]:.2f}", flush=True)
    print(f"median ratio {median(ratios):.2f}, the goal is {GOAL}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
