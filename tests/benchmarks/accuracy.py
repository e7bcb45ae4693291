"""How well the tables agree with what readers found: ``python tests/benchmarks/accuracy.py [--write]``.

Prints one table for all sets of reports that have gold; with ``--write`` it also puts the table into the README, where
a test keeps it up to date. Run it after a change in the vocabulary to see what the change did.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.scoring import SETS, scores  # noqa: E402

MEASURES = {
    "figures.precision": "figures: precision",
    "figures.recall": "figures: recall",
    "figures.value": "value right",
    "figures.unit": "unit right",
    "figures.measure": "measure right",
    "figures.role": "role right",
    "figures.place": "place right",
    "figures.period": "period right",
    "figures.subject": "subject right (its head noun)",
    "figures.strict_f1": "value, unit, measure and role all right (F1)",
    "comparisons.f1": "comparisons (F1)",
    "comparisons.verdict": "verdict right",
    "outlook.f1": "outlook (F1)",
    "findings.precision": "errors and warnings: precision",
    "findings.recall": "errors and warnings: recall",
    "recomputations.precision": "recomputations: precision",
    "recomputations.recall": "recomputations: recall",
}
BLOCK = re.compile(r"(<!-- accuracy: made by make scores -->\n).*?(<!-- end -->)", re.DOTALL)


def table() -> str:
    """The scores as a Markdown table."""
    found = {name: scores(*folders) for name, folders in SETS.items()}
    wanted = {name: f"{name} ({round(one['figures.wanted'])} figures)" for name, one in found.items()}
    lines = [f"| | {' | '.join(wanted.values())} |", "|---|" + "---|" * len(found)]
    for key, label in MEASURES.items():
        cells = [f"{one[key]:.3f}" if key in one else "" for one in found.values()]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def readme(text: str, scored: str) -> str:
    """The README with the table put in.

    Raises:
        ValueError: the README has no place for it.
    """
    if not BLOCK.search(text):
        raise ValueError(
            "README.md has no block for the scores; put <!-- accuracy: made by make scores --> and <!-- end -->."
        )
    return BLOCK.sub(lambda match: f"{match[1]}{scored}{match[2]}", text)


if __name__ == "__main__":
    made = table()
    print(made)
    if "--write" in sys.argv[1:]:
        path = ROOT / "README.md"
        path.write_text(readme(path.read_text(encoding="utf-8"), made), encoding="utf-8")
