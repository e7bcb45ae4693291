"""Writes analysis/checks/README.md from the rules in data/checks/checks.csv and the cases in tests/cases/checks.

Run by `make checks`; a test keeps the page up to date.
"""

import inspect
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
nested or cumulative classes, percentage points for per cent, swapped operands, a power of ten, two transposed digits, a
lost digit.
Where one fits, the finding is a warning and says which. No message says which number is wrong.

An **error** contradicts the rest of the report, a **warning** agrees with it only under an unusual reading, a **note**
is worth knowing. The message computes from the numbers as they are written, so that a reader can redo it by hand, and
says how far rounding could change the result. The reading that fits, if any, stands in `explanation`.

What agrees is told too: the table `recomputations` holds every arithmetic statement that a report lets one redo, with
its line of arithmetic, so that what was checked and found right is not taken for what was not checked. A limit that is
kept (a rank within those ranked, N of no more than M) recomputes nothing and has no row there.

Where no link says what a number is of, it is told only if it agrees with numbers near it to its last digit, if not more
than one in 25 numbers would have done so by chance, and never as an error or a warning.

Every check is also a function of a few written numbers, with the rounding rule as an argument, and the whole audit runs
on a table that somebody typed:

```python
from analysis import audit, checks

checks.attainment_grain(171, "58.7", rounding="half_up")  # .ok, .low, .high, .explanation, .message
checks.mean_grain("5.19", 28)  # the GRIM test for means of whole numbers; not a rule, as reports give no such means
audit(typed).recomputations  # agreeing or not
audit(typed)  # figure_id, value, measure, and links in about and part_of; see analysis.checks.hand_typed
```
"""
TABLES = {
    "numbers/roundings": (
        "Rounding rules",
        "How far the true value can lie from the written one, in units of its last digit, and whether the end itself "
        "belongs to it. A figure agrees if it does under one of the rules for halves; where it does under `truncate` "
        "alone, that is the first reading to be tried.",
    ),
    "numbers/widths": (
        "Widths of rounding words",
        "How far a word on a result reaches below and above its number, in units of the last significant digit; "
        '`audit(figures, widths={"over": (0, 2)})` sets another.',
    ),
}


def page() -> str:
    """The page as Markdown."""
    from analysis.lexicon import rows

    tables = [table(name, *words) for name, words in TABLES.items()]
    return "\n".join([HEAD, *tables, *(section(row) for row in rows("checks/checks"))])


def table(name: str, title: str, words: str) -> str:
    """One data file as a Markdown table."""
    from analysis.lexicon import rows

    found = rows(name)
    lines = [list(found[0]), ["---"] * len(found[0]), *(list(row.values()) for row in found)]
    return f"## {title}\n\n{words}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def section(rule: dict[str, str]) -> str:
    """One check: what it asks, why, an example that trips it and a near twin that must not."""
    cases = json.loads((CASES / f"{rule['id']}.json").read_text(encoding="utf-8"))
    trips = [case for case in cases if case["findings"]]
    twins = [case for case in cases if not case["findings"]]
    shown = min(trips, key=lambda case: case["origin"] != "wild")
    where = "from a report" if shown["origin"] == "wild" else "invented"
    by_hand = signature(rule["id"])
    return (
        f"## `{rule['id']}`: {rule['name']} ({rule['severity']})\n\n"
        f"{rule['rule']}\n\n{rule['why']} *Source: {rule['source']}.*\n\n"
        f"{by_hand}"
        f"Trips it ({where}):\n\n> {' '.join(shown['text'])}\n\n"
        f"Does not, though it is close:\n\n> {' '.join(twins[0]['text'])}\n"
    )


def signature(check: str) -> str:
    """The pure function of a check, as a line; empty where words alone decide."""
    from analysis import checks

    function = getattr(checks, check, None)
    return f"By hand: `checks.{check}({', '.join(inspect.signature(function).parameters)})`\n\n" if function else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(ROOT)}.")
