"""Charts of the tables: a table in, matplotlib axes out.

Every chart takes one of the tables of ``analysis.tabulate`` and, if wanted, axes whose room it takes up. The title
states the finding, computed from the rows; words stand at the marks, so that no legend is needed; shape and luminance
tell what colour tells. ``alt_text`` gives the words for those who do not see the chart.
"""

from analysis.charts.attainment import attainment, next_targets, targets_and_results
from analysis.charts.coverage import coverage
from analysis.charts.layout import alt_text
from analysis.charts.recomputed import stated_and_recomputed
from analysis.charts.style import style

__all__ = [
    "alt_text",
    "attainment",
    "coverage",
    "next_targets",
    "stated_and_recomputed",
    "style",
    "targets_and_results",
]
