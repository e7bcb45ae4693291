"""How long reading and comparing takes: ``python tests/benchmarks/speed.py``.

Prints characters per second and the time of each step for the seeds repeated to about a million characters, and whether
the cost of one report grows with its length and no faster.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

import analysis  # noqa: E402
from analysis.reading.reports import Reports, from_text  # noqa: E402

MILLION = 10**6


def timed(step: Callable[[], object]) -> tuple[float, object]:
    """Seconds, and the result."""
    start = time.perf_counter()
    result = step()
    return time.perf_counter() - start, result


def main() -> None:
    """Print the times."""
    seeds = analysis.read(ROOT / "seeds")
    size = sum(len(report.text) for report in seeds)
    copies = Reports(
        [from_text(report.text, f"{report.id}-{n}") for n in range(max(1, MILLION // size)) for report in seeds]
    )
    characters = sum(len(report.text) for report in copies)
    seconds, figures = timed(lambda: analysis.extract_figures(copies))
    print(
        f"extract_figures  {seconds:6.2f} s  {characters / seconds:12,.0f} characters a second, {len(copies)} reports"
    )
    seconds, comparisons = timed(lambda: analysis.compare_targets(figures))
    print(f"compare_targets  {seconds:6.2f} s  {len(figures):,} figures")
    seconds, ahead = timed(lambda: analysis.outlook(figures))
    print(f"outlook          {seconds:6.2f} s")
    seconds, _ = timed(lambda: analysis.audit(figures, comparisons, None, ahead))
    print(f"audit            {seconds:6.2f} s")
    for times in (1, 2, 4):
        text = "\n".join(report.text for report in seeds) * times
        seconds, _ = timed(lambda text=text: analysis.extract_figures(text))
        print(
            f"report of {len(text):>9,} characters: {seconds:6.2f} s, {seconds / len(text) * MILLION:.2f} s a million"
        )


if __name__ == "__main__":
    main()
