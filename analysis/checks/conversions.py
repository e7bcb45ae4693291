"""Checks on amounts that are told in two currencies: "165 billion VND (7.1 million USD)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.checks.findings import Recomputation
from analysis.checks.results import Result, say
from analysis.checks.sheet import Sheet
from analysis.comparison.figure import Figure
from analysis.currencies import is_money
from analysis.formatting import fixed
from analysis.intervals import Interval
from analysis.lexicon import limits

__all__ = ["conversion"]

_THAT_IS = re.compile(
    r"\s?(?:\(|,\s(?:or|equal(?:ing)?\sto|equivalent\sto)\s)\s?(?:about|nearly|over|around|or|equivalent\sto)?\s?"
)
SLIPS = (10, 1000, 1_000_000)  # what a lost zero, a lost scale word and two of them come to
WHY = "a zero or a scale word of one of the two may be a slip"
CLOSE = 2  # times that two rates of one report may be apart: a term of years has seen no more


@dataclass(frozen=True)
class Pair:
    """An amount, the same in another currency, and what one unit of the second is worth in the first."""

    amount: Figure
    told: Figure

    @property
    def rate(self) -> Interval:
        """The rates of exchange that the two can stand for."""
        return self.amount.span / self.told.span


def conversion(sheet: Sheet) -> Iterator[Recomputation]:
    """An amount in another currency is worth what it stands beside, at a rate that there was.

    For dong and dollars the rates since 1992 stand in ``limits.csv``; for others, the other pairs of the report tell,
    of which two have to agree.
    """
    pairs = [pair for figure in sheet.figures if (pair := _pair(sheet, figure)) is not None]
    for pair in pairs:
        allowed = _allowed(pair, [one for one in pairs if one is not pair])
        if allowed is not None:
            yield Recomputation("conversion", pair.told, _judged(pair, allowed), [pair.amount])


def _pair(sheet: Sheet, told: Figure) -> Pair | None:
    """The amount that a figure says again in another currency."""
    amount = sheet.before(told)
    if amount is None or not (is_money(amount.unit) and is_money(told.unit)) or amount.unit == told.unit:
        return None
    usable = all(one.measure == "amount" and one.bounded and one.low > 0 for one in (amount, told))
    return Pair(amount, told) if usable and _THAT_IS.fullmatch(sheet.words_before(told)) else None


def _allowed(pair: Pair, others: Sequence[Pair]) -> Interval | None:
    """The rates that there were: of dong to the dollar, or as two other pairs of the report agree on."""
    if (pair.amount.unit, pair.told.unit) == ("VND", "USD"):
        return Interval.of(limits()["least_vnd_per_usd"], limits()["most_vnd_per_usd"])
    alike = [one for one in others if (one.amount.unit, one.told.unit) == (pair.amount.unit, pair.told.unit)]
    if (
        len(alike) < 2
        or alike[0].rate.high * CLOSE < alike[1].rate.low
        or alike[1].rate.high * CLOSE < alike[0].rate.low
    ):
        return None
    low, high = min(one.rate.low for one in alike), max(one.rate.high for one in alike)
    return Interval.of(low / CLOSE, high * CLOSE)


def _judged(pair: Pair, allowed: Interval) -> Result:
    rate = pair.amount.value / pair.told.value
    message = (
        f"{say(pair.amount)} / {say(pair.told)} is {fixed(rate, 0 if rate >= 100 else 2)} {pair.amount.unit} for one "
        f"{pair.told.unit}"
    )
    ok = pair.rate.meets(allowed)
    found = pair.amount.span / allowed
    limit = f", while it was worth {fixed(allowed.low, 0)} to {fixed(allowed.high, 0)}"
    slip = any((pair.rate * times).meets(allowed) or (pair.rate / times).meets(allowed) for times in SLIPS)
    return Result(ok, found, message if ok else message + limit, "" if ok or not slip else WHY)
