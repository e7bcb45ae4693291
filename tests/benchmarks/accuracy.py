"""How well the tables agree with what readers found: ``python tests/benchmarks/accuracy.py [--write]``.

Prints one table for all sets of reports that have gold, and what reports that nobody had seen were read like at first
sight; with ``--write`` it also puts both into the README, where tests keep them up to date. Run it after a change in
the vocabulary to see what the change did.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks import first_sight  # noqa: E402
from tests.scoring import SETS, scores  # noqa: E402

README = ROOT / "README.md"

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


def table() -> str:
    """The scores as a Markdown table."""
    found = {name: scores(*folders) for name, folders in SETS.items()}
    wanted = {name: f"{name} ({round(one['figures.wanted'])} figures)" for name, one in found.items()}
    lines = [f"| | {' | '.join(wanted.values())} |", "|---|" + "---|" * len(found)]
    for key, label in MEASURES.items():
        cells = [f"{one[key]:.3f}" if key in one else "" for one in found.values()]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def put(name: str, made: str, text: str | None = None) -> str:
    """The README, or the text given in its place, with a table put into the block of that name.

    Raises:
        ValueError: it has no such block.
    """
    block = re.compile(rf"(<!-- {name}: made by make scores -->\n).*?(<!-- end -->)", re.DOTALL)
    text = README.read_text(encoding="utf-8") if text is None else text
    if not block.search(text):
        raise ValueError(
            f"README.md has no block for that table; put <!-- {name}: made by make scores --> and <!-- end -->."
        )
    return block.sub(lambda match: f"{match[1]}{made}{match[2]}", text)


if __name__ == "__main__":
    scored, seen = table(), first_sight.table()
    print(scored, seen, sep="\n")
    if "--write" in sys.argv[1:]:
        README.write_text(put("first sight", seen, put("accuracy", scored)), encoding="utf-8")
