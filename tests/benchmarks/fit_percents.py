"""The weights of ``cues/percent_signs.csv``, fitted anew: ``python tests/benchmarks/fit_percents.py [TEXTS GOLD ...]``.

Reads the sentences of the cases, and folders of texts with the gold that readers wrote for them, those of the project
and any others named in pairs, and fits how much each sign around a per cent speaks for a share, a change, a part of a
plan or a margin (logistic regression; ``pip install scikit-learn``). Signs that tell nothing are dropped. Prints how
often per cents that no cue decides in come out right and wrong in reports that the fit has not seen; ``--write`` writes
the file.

The file that the project comes with was fitted on the project's own reports and on those transposed from the press that
two readers annotated (README scores them), whose texts are no part of the project.
"""

from __future__ import annotations

import csv
import json
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from analysis.extraction.candidate import Candidate  # noqa: E402
from analysis.extraction.figures import candidates  # noqa: E402
from analysis.extraction.frame import frame_of  # noqa: E402
from analysis.extraction.percents import MEASURES, SURE, is_open, likeliest, signs  # noqa: E402
from analysis.interface import read  # noqa: E402
from analysis.reading.reports import Report, from_text  # noqa: E402
from analysis.reading.sentences import plain  # noqa: E402
from tests import score  # noqa: E402
from tests.scoring import SETS  # noqa: E402

FILE = ROOT / "analysis" / "data" / "cues" / "percent_signs.csv"
CASES = ROOT / "tests" / "cases" / "extraction"
DECIDED = 0.3  # weight of a per cent that a cue decides in: it shows what signs mean, and is not what they are for
KEPT, FITTED = 0.5, 1.0  # how freely signs are chosen, and weighed (scikit-learn's C)
CASE = "case: "  # before the name of a case, which tells more of what is rare
FOLDS, FEWEST = 8, 3  # FEWEST: times that a sign must be seen

Weights = dict[str, tuple[float, ...]]


@dataclass(frozen=True)
class Percent:
    """A per cent of a report that has gold: its signs, the measures that readers allow, and whether signs decide."""

    report: str
    signs: frozenset[str]
    measures: tuple[str, ...]
    open: bool


def of_cases() -> Iterator[Percent]:
    """The per cents of the sentences that cases are made of, near twins among them."""
    for path in sorted(CASES.glob("*.json")):
        for case in filter(lambda one: "figures" in one, json.loads(path.read_text(encoding="utf-8"))):
            told = {figure["quote"]: figure["measure"] for figure in case["figures"] if "measure" in figure}
            report = replace(from_text(case["text"]), id=f"{CASE}{case['name']}")
            yield from _told(report, [(case["text"].find(quote), measure) for quote, measure in told.items()])


def of_reports(texts: Path, gold: Path) -> Iterator[Percent]:
    """The per cents of a folder of texts that its gold names."""
    wanted = defaultdict(list)
    for row in score.rows(gold / "figures.csv"):
        wanted[row["report"]].append(row)
    for report in read(texts):
        spans = [
            (score.core_span(report.text, row["number"], int(row["occurrence"])), row["measure"])
            for row in wanted[report.id]
            if row["required"] != "0"
        ]
        yield from _told(report, [(span[0], measure) for span, measure in spans if span])


def _told(report: Report, measures: list[tuple[int, str]]) -> Iterator[Percent]:
    """The per cents of a report at the places where measures are told."""
    flat = plain(report.text)
    previous: list[Candidate] = []
    for _, figures in candidates(report, frame_of(report)):
        for n, figure in enumerate(figures):
            number = figure.number
            told = next((measure for at, measure in measures if number.start <= at < number.end), None)
            if told and number.unit == "%":
                yield Percent(
                    report.id, frozenset(signs(flat, figures, n, previous)), tuple(told.split("|")), is_open(figures, n)
                )
        previous = figures


def fit(found: list[Percent]) -> Weights:
    """The weights of the signs that tell something, in the order of ``MEASURES``; under an empty name those of none."""
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectors = DictVectorizer()
    seen = vectors.fit_transform([dict.fromkeys(one.signs, 1) for one in found]).tocsr()
    measures = [one.measures[0] for one in found]
    weights = [1 if one.open else DECIDED for one in found]
    kept = np.where(np.asarray((seen > 0).sum(0)).ravel() >= FEWEST)[0]
    chosen = LogisticRegression(C=KEPT, penalty="l1", solver="saga", max_iter=3000, tol=2e-3, random_state=0)
    kept = kept[(chosen.fit(seen[:, kept], measures, sample_weight=weights).coef_ != 0).any(0)]
    fitted = LogisticRegression(C=FITTED, max_iter=3000).fit(seen[:, kept], measures, sample_weight=weights)
    order = [list(fitted.classes_).index(name) for name in MEASURES]
    names = vectors.get_feature_names_out()
    told = {names[at]: tuple(round(float(fitted.coef_[k][n]), 1) for k in order) for n, at in enumerate(kept)}
    told[""] = tuple(round(float(fitted.intercept_[k]), 1) for k in order)
    return {name: row for name, row in told.items() if any(row)}


def unseen(found: list[Percent]) -> tuple[int, int, int]:
    """How many per cents of reports are open, and how many a fit without their reports puts right, and wrong."""
    reports = sorted({one.report for one in found})
    open_ = righted = spoiled = 0
    for fold in range(FOLDS):
        held = set(reports[fold::FOLDS])
        weights = fit([one for one in found if one.report not in held])
        for one in found:
            if one.report not in held or not one.open or one.report.startswith(CASE):
                continue
            measure, chance = likeliest(set(one.signs), weights)
            moved = chance >= SURE and measure != "share"
            open_ += 1
            righted += moved and measure in one.measures and "share" not in one.measures
            spoiled += moved and measure not in one.measures and "share" in one.measures
    return open_, righted, spoiled


def write(weights: Weights, found: list[Percent]) -> None:
    """Write the weights, each with how often its sign was seen beside what."""
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        for sign in one.signs:
            beside[sign][one.measures[0]] += 1
    with FILE.open("w", encoding="utf-8", newline="") as handle:
        lines = csv.writer(handle, lineterminator="\n")
        lines.writerow(["sign", *MEASURES, "why"])
        lines.writerow(["", *(f"{weight:g}" for weight in weights[""]), "how common each is where no sign speaks"])
        for sign in sorted(name for name in weights if name):
            seen = beside[sign]
            why = " and ".join(f"{count} are {name}" for name, count in seen.most_common(2))
            lines.writerow([sign, *(f"{weight:g}" for weight in weights[sign]), f"of {seen.total()} with it {why}"])


def main(folders: list[str], *, to_file: bool) -> None:
    """Fit on the project's own reports and those of the folders, and print what it is worth."""
    pairs = [*SETS.values(), *zip(map(Path, folders[::2]), map(Path, folders[1::2]), strict=True)]
    told = chain(of_cases(), *(of_reports(texts, gold) for texts, gold in pairs))
    found = [one for one in told if one.measures[0] in MEASURES]
    warnings.simplefilter("ignore")  # of an option that is called otherwise in the next version
    open_, righted, spoiled = unseen(found)
    print(f"{len(found)} per cents, {open_} of them open; unseen, {righted} are righted and {spoiled} spoiled")
    if to_file:
        write(fit(found), found)


if __name__ == "__main__":
    main([one for one in sys.argv[1:] if one != "--write"], to_file="--write" in sys.argv[1:])
