"""The candidates of a sentence in, what ties each to another out: words that say so, standing beside it, a list.

>>> from analysis.extraction.figures import extract_figures
>>> text = "It admitted 15 members, 107% of the plan. It planted 30 oaks and 90 firs, 80% of the plan."
>>> extract_figures(text)[["quote", "link"]].dropna().values.tolist()
[['107%', 'explicit'], ['80%', 'beside']]
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.extraction.candidate import Candidate

__all__ = ["rival_of", "strength_of"]

# Decisions that a figure takes over from others.
_CARRIED = (
    *("inherited", "listed", "as the bracket before", "as the change before", "as the one before"),
    *("before its plan", "signs"),
)
_TIED = ("attainment", "margin", "share", "change")


def strength_of(figure: Candidate, figures: Sequence[Candidate]) -> str:
    """What ties a figure to the one that it is about or part of, or to what its words name; empty where nothing does.

    Args:
        figure: one of ``figures``, once measures, roles and links are settled.
        figures: the figures of its sentence, in the order of the text.

    Returns:
        ``explicit`` (the words say of what), ``beside`` (others could be meant, too), ``arithmetic`` (it works out), or
        ``inherited`` (from a list, a sentence before, or by what stands around it).
    """
    tied = figure.about or figure.part_of
    if tied is None and figure.measure.word not in _TIED:
        return ""
    if figure.measure.cue in ("N of M", "by arithmetic"):
        return "arithmetic"
    at = next(n for n, one in enumerate(figures) if one is figure)
    of_count = at > 0 and tied is figures[at - 1] and tied.number.out_of is not None
    if of_count:  # "41 of 80, reaching 51%": the words before it hold both sides of the division
        return "explicit"
    if figure.measure.cue in _CARRIED or (tied is not None and all(tied is not one for one in figures)):
        return "inherited"
    if tied is None:
        return "explicit" if figure.measure.cue != "unit" or figure.words.right.startswith(" of ") else ""
    return "beside" if rival_of(figure, figures) else "explicit"


def rival_of(figure: Candidate, figures: Sequence[Candidate]) -> Candidate | None:
    """Another level of the same clause that a per cent or a margin could be about; none where only one could be.

    Not one that has a per cent of its own, and neither a whole of the one it is about, nor a part.
    """
    tied = figure.about
    if tied is None or tied.part_of is not None or figure.measure.word not in ("attainment", "margin"):
        return None
    clause = [one for one in figures if figure.words.clause <= one.number.start < figure.number.start]
    free = [one for one in clause if one.is_level and one is not tied and not one.bracketed and one.unit == tied.unit]
    own = {id(one.about) for one in figures if one is not figure}
    return next((one for one in reversed(free) if one.part_of is None and id(one) not in own), None)
