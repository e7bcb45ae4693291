"""A candidate in, how it could be read otherwise out: marks for the table, so that doubt is shown, not hidden.

>>> decimal_mark("1.620 billion VND", 1.62e9)
'decimal mark: read as 1.62 billion; if the mark groups thousands, 1,620 billion'
>>> decimal_mark("1,950 billion VND", 1.95e12)
''
"""

from __future__ import annotations

import re
from fractions import Fraction
from textwrap import shorten

from analysis import formatting
from analysis.currencies import is_money
from analysis.extraction.candidate import Candidate
from analysis.extraction.frame import Frame
from analysis.extraction.hints import UNDECIDED
from analysis.lexicon import alternation, rows, scale_factor

__all__ = ["decimal_mark", "doubt_of"]

_SCALE = alternation(row["word"] for row in rows("numbers/scales"))
_THREE_DIGITS = re.compile(rf"(?<![\d.,])(?P<number>\d{{1,3}}(?P<mark>[.,])\d{{3}})\s?(?P<scale>{_SCALE})\b")
_CARRIED = ("inherited", "as its result")
_FORETOLD = ("will", "will_follow", "modal")
_MOST = 40  # characters of a cue


def doubt_of(figure: Candidate, frame: Frame) -> str:
    """What is doubtful about a figure of a report, with the other reading; empty where nothing is."""
    relative = figure.measure.word in ("attainment", "margin") and figure.role.word != "target"
    marks = [
        *(
            f"{part}: undecided {frame.between(part)}".rstrip()
            for part, source in (("place", figure.place_source), ("period", figure.period_source))
            if source == UNDECIDED
        ),
        decimal_mark(figure.number.text, float(figure.number.value)),
        _mark(
            figure.number.factor > 1 and figure.number.text.endswith(figure.number.digits) and is_money(figure.unit),
            "scale: its words give none; read as that of the number beside it",
        ),
        _mark(
            figure.measure.word == "attainment" and figure.measure.cue in _CARRIED,
            "measure: a per cent of a target, because the figures before it are; it may be a share",
        ),
        _mark(
            bool(figure.else_measure),
            f"measure: read as {figure.measure.word}, by what stands around it; it may be {figure.else_measure}",
        ),
        _mark(relative and figure.about is None, "denominator: the result that this is about is not stated beside it"),
        _link(figure) if figure.rival else "",
        _mark(
            figure.role.word == "target" and figure.role.cue in _FORETOLD,
            f'role: a target, because of "{shorten(figure.role.text, _MOST, placeholder=" …")}"; '
            "it may announce a result",
        ),
    ]
    return "; ".join(filter(None, marks))


def decimal_mark(text: str, value: float) -> str:
    """The doubt about a mark before exactly three digits and a scale word, which may group thousands or divide.

    A comma that was read as grouping thousands, as English does, is no doubt.
    """
    found = _THREE_DIGITS.search(text) if "," in text or "." in text else None
    if not found:
        return ""
    scale = found["scale"]
    as_decimal = Fraction(found["number"].replace(",", "."))
    as_group = Fraction(re.sub(r"[.,]", "", found["number"]))
    read_as_group = abs(float(as_group) * scale_factor(scale) - abs(value)) < 1e-9 * abs(value)
    if read_as_group and found["mark"] == ",":
        return ""
    group, decimal = (f"{formatting.number(float(one))} {scale}" for one in (as_group, as_decimal))
    if read_as_group:
        return f"decimal mark: read as {group}; if the mark divides, {decimal}"
    return f"decimal mark: read as {decimal}; if the mark groups thousands, {group}"


def _link(figure: Candidate) -> str:
    """The doubt about what a figure was read as about, and what else it may be about."""
    about, rival = (one.number.text if one else "" for one in (figure.about, figure.rival))
    return f'link: read as about "{about}"; it may be about "{rival}"'


def _mark(holds: bool, words: str) -> str:
    return words if holds else ""
