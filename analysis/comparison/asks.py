"""What a next target asks for, beside the result that has been reached already.

>>> asks("below"), asks("below", direction="lower")
('less', 'more')
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.formatting import count, join

__all__ = ["ASKS", "asked", "asks"]

ASKS = {"less": "below", "the same": "equal", "more": "above", "too close to tell": "undetermined"}
"""What a next target asks for, and the verdict of the outlook that says so where more is better."""


def asks(verdict: str, direction: str = "higher") -> str:
    """What a next target asks for, seen from the result already reached: a lower poverty rate asks for more.

    Args:
        verdict: where the target lies: ``above``, ``equal``, ``below`` or ``undetermined``.
        direction: whether ``higher`` or ``lower`` is better.

    >>> asks("below"), asks("below", "lower"), asks("equal", "lower"), asks("undetermined")
    ('less', 'more', 'the same', 'too close to tell')
    """
    flipped = {"above": "below", "below": "above"}.get(verdict, verdict) if direction == "lower" else verdict
    return {there: what for what, there in ASKS.items()}.get(flipped, "too close to tell")


def asked(targets: Sequence[str]) -> str:
    """How many next targets ask for how much.

    >>> asked(["less", "more", "less"]), asked(["the same"])
    ('Of 3 next targets, 2 ask for less than what was reached and 1 for more', 'The one next target asks for the same')
    >>> asked(["more", "more"]), asked(["too close to tell", "less"])
    ('Both next targets ask for more',
     'Of 2 next targets, 1 asks for less than what was reached and 1 is too close to tell')
    """
    found = [(targets.count(what), what) for what in ASKS if what in targets]
    if not found:
        return "No report sets a target for a later period beside a result for the same thing"
    last = {"less": "for less than what was reached", "too close to tell": "too close to tell"}
    if len(found) == 1:
        n, what = found[0]
        who = "The one next target" if n == 1 else "Both next targets" if n == 2 else f"All {n:,} next targets"
        verb = ("is" if n == 1 else "are") if what == "too close to tell" else "asks" if n == 1 else "ask"
        return f"{who} {verb} {last.get(what, f'for {what}')}"
    parts: list[str] = []
    for n, what in found:
        if what == "too close to tell":
            verb = "is " if n == 1 else "are "
        else:
            verb = "" if parts else "asks " if n == 1 else "ask "
        parts.append(f"{n:,} {verb}{last.get(what, f'for {what}')}")
    return f"Of {count(len(targets), 'next target')}, {join(parts)}"
