"""What every pure check gives, and how two amounts are compared: the arithmetic kept, so that a reader can redo it.

>>> print(compared(lambda rule: as_operand("9.5", rule) * 2, "19", "half_up", "9.5 x 2", unit=""))
9.5 x 2 = 19.0 (18.9 to 19.1 with rounding), as stated
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.checks.amounts import numeral, percents
from analysis.intervals import AS_WRITTEN, Interval, as_operand, as_stated, step_of

__all__ = ["CUT", "Amount", "Result", "compared", "percent", "spoken", "total"]

Amount = str | int | Interval
CUT = "further digits cut off rather than rounded"


@dataclass(frozen=True)
class Result:
    """Whether some numbers agree, and the range of values that the other numbers allow for the one in question.

    Attributes:
        ok: they agree, or the check cannot decide.
        low, high: what the others allow, in the unit of the number in question.
        explanation: where they do not agree, the reading under which they would, such as digits cut off.
        decided: False where the numbers are too coarse or too large for the check to find anything.
        by_rounding: they agree only thanks to the rounding of the numbers behind; as written they do not.
        message: the arithmetic in one line, to redo by hand; it does not say which number is wrong.
    """

    ok: bool
    low: Fraction
    high: Fraction
    explanation: str = ""
    decided: bool = True
    by_rounding: bool = False
    message: str = ""

    def __str__(self) -> str:
        return f"{self.message}; {self.explanation}" if self.explanation else self.message


def compared(
    compute: Callable[[str], Interval],
    stated: str | Interval,
    rounding: str,
    formula: str,
    unit: str = "%",
    written: Sequence[object] | None = None,
) -> Result:
    """The result of a computation beside the number stated for it.

    Args:
        compute: the computation, under a rounding rule or with the numbers as they are written.
        stated: the number in question.
        rounding: a rule of ``ROUNDINGS``.
        formula: the computation in words.
        unit: what stands after the numbers.
        written: the numbers whose digits may have been cut off, where it is not the stated one.
    """
    found, given, point = compute(rounding), as_stated(stated, rounding), compute(AS_WRITTEN)
    ok = found.meets(given)
    step = Fraction(1, 10) if isinstance(stated, Interval) else step_of(stated.replace(",", ""))
    text = f"{formula} = {percents(point, step, unit)}"
    if (found.low, found.high) != (point.low, point.high):
        text += f" ({percents(found, step, unit)} with rounding)"
    by_rounding = ok and not point.meets(given)
    said = f"{spoken(stated)}{unit}"
    text += f", which agrees with {said} by rounding alone" if by_rounding else ", as stated" if ok else f", not {said}"
    if ok:
        return Result(True, found.low, found.high, by_rounding=by_rounding, message=text)
    digits = all(isinstance(number, str) for number in ([stated] if written is None else written))
    cut = digits and rounding != "truncate" and compute("truncate").meets(as_stated(stated, "truncate"))
    return Result(False, found.low, found.high, explanation=CUT if cut else "", message=text)


def spoken(number: Amount) -> str:
    """An amount as it was written, or the two ends of a range."""
    if not isinstance(number, Interval):
        return f"{number:,}" if isinstance(number, int) else number
    low, high = numeral(number.low), numeral(number.high)
    return low if low == high else f"{low} to {high}"


def percent(part: Interval, whole: Interval) -> Interval:
    """The part in per cent of the whole."""
    return part.over(whole) * 100


def total(amounts: Sequence[Amount], rounding: str) -> Interval:
    """The sum of some operands."""
    added = Interval.of(0)
    for amount in amounts:
        added = added + as_operand(amount, rounding)
    return added
