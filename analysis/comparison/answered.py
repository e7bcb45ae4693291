"""Which targets a result answers, and what the reports could have told of the others: two columns of ``figures``.

>>> from analysis.schema import empty, frame
>>> told = {"role": "target", "period_source": "sentence", "report_date": "2023-12-28"}
>>> told |= {"period_start": "2023-01-01", "period_end": "2023-12-31"}
>>> figures = frame("figures", [told | {"figure_id": "r:1"}, told | {"figure_id": "r:9"}, {"role": "achieved"}])
>>> compared = frame("comparisons", [{"figure_ids": ("r:1",)}])
>>> with_answers(figures, compared, empty("outlook"))[["answered", "due"]].values.tolist()
[[True, nan], [False, 'due'], [<NA>, nan]]
"""

from __future__ import annotations

import pandas as pd

from analysis.schema import COUNTS_OF_TARGETS, VOCABULARIES

__all__ = ["with_answers"]

_NEARLY_OVER = 10  # a review appears in the last tenth of the period that it reviews


def with_answers(figures: pd.DataFrame, comparisons: pd.DataFrame, outlook: pd.DataFrame) -> pd.DataFrame:
    """The figures with ``answered`` (whether a row rests on the target) and ``due`` filled in; both are for targets.

    ``due`` is for targets that are not answered: ``due`` where the period was over when the report appeared,
    ``running``, ``ahead``, or ``no date`` where that is not known, as where no words give the target a deadline.

    Args:
        figures: the table of figures.
        comparisons: what ``compare_targets`` made of it.
        outlook: what ``outlook`` made of it.
    """
    used = {one for table in (comparisons, outlook) for ids in table["figure_ids"] for one in ids}
    answered = figures["figure_id"].isin(list(used))
    is_number = figures["indicator"].astype("string").eq(COUNTS_OF_TARGETS).fillna(False)  # of targets: it is none
    is_target = (figures["role"] == "target") & (answered | ~is_number.astype(bool))
    stated = figures["period_source"].isin(["sentence", "section"])  # else no deadline is told, and none is made up
    ends = figures["period_end"].where(stated)
    dates = zip(figures["period_start"], ends, figures["report_date"], strict=True)
    words = [_due(*days) if left else None for days, left in zip(dates, is_target & ~answered, strict=True)]
    return figures.assign(
        answered=answered.astype("boolean").where(is_target, pd.NA),
        due=pd.Categorical(words, categories=list(VOCABULARIES["due"])),
    )


def _due(start: pd.Timestamp, end: pd.Timestamp, told: pd.Timestamp) -> str:
    if pd.isna(end) or pd.isna(told):
        return "no date"
    if not pd.isna(start) and start > told:
        return "ahead"
    length = (end - start).days if not pd.isna(start) else 0
    return "due" if (end - told).days * _NEARLY_OVER <= length else "running"
