"""Writes analysis/checks/README.md from the rules in analysis/data/checks.csv and the cases in tests/cases/checks.

Run by `make checks`; a test keeps the page up to date.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PAGE = ROOT / "analysis" / "checks" / "README.md"
CASES = ROOT / "tests" / "cases" / "checks"

HEAD = """# What is checked

Each rule recomputes what a report lets us recompute, on exact intervals: half a unit of the last written digit either
way. Before an error is given, other readings are tried in this order: truncation, another base in the same paragraph,
nested or cumulative classes, percentage points for per cent, swapped operands, a power of ten, two transposed digits.
Where one fits, the finding is a warning and says which. No message says which number is wrong.

An **error** contradicts the rest of the report, a **warning** agrees with it only under an unusual reading, a **note**
is worth knowing.
"""


def page() -> str:
    """The page as Markdown."""
    from analysis.lexicon import rows

    return "\n".join([HEAD, *(section(row) for row in rows("checks"))])


def section(rule: dict[str, str]) -> str:
    """One check: what it asks, why, an example that trips it and a near twin that must not."""
    cases = json.loads((CASES / f"{rule['id']}.json").read_text(encoding="utf-8"))
    trips = [case for case in cases if case["findings"]]
    twins = [case for case in cases if not case["findings"]]
    shown = min(trips, key=lambda case: case["origin"] != "wild")
    where = "from a report" if shown["origin"] == "wild" else "invented"
    return (
        f"## `{rule['id']}`: {rule['severity']}\n\n{rule['rule']}\n\n{rule['why']} *Source: {rule['source']}.*\n\n"
        f"Trips it ({where}):\n\n> {' '.join(shown['text'])}\n\n"
        f"Does not, though it is close:\n\n> {' '.join(twins[0]['text'])}\n"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(ROOT)}.")
