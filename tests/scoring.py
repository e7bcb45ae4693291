"""Scores of the library's tables against gold, for the tests and for the accuracy benchmark."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import analysis
from tests import ROOT, score

GOLD = ROOT / "tests" / "gold"
SETS = {"seeds": (ROOT / "seeds", GOLD / "seeds"), "invented": (GOLD / "invented", GOLD / "invented")}
"""The sets of reports that have gold: where the reports are, and where the gold is."""


def scores(reports: Path, gold: Path) -> dict[str, float]:
    """The scores of ``tests/score.py`` for the tables of a folder of reports, by their names there."""
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in reports.glob("*.txt")}
    with tempfile.TemporaryDirectory() as folder:
        analysis.tabulate(analysis.read(reports)).write(folder)
        tables = {name: score.rows(Path(folder) / f"{name}.csv") for name in analysis.schema.TABLES}
    wanted = score.rows(gold / "comparisons.csv")
    found = score.score_figures(tables["figures"], score.rows(gold / "figures.csv"), texts, _silent)
    subjects = [same_subject(*pair) for pair in pairs(tables["figures"], score.rows(gold / "figures.csv"), texts)]
    found["figures.subject"] = sum(subjects) / len(subjects)
    for name in ("comparisons", "outlook"):
        if name == "comparisons" or any(row["basis"] == "outlook" for row in wanted):
            found |= score.score_comparisons(tables[name], wanted, _silent, name)
    if (gold / "recomputations.csv").exists():
        found |= recomputed(tables["recomputations"], score.rows(gold / "recomputations.csv"))
    return found | score.score_findings(tables["findings"], score.rows(gold / "findings.csv"), _silent)


def recomputed(found: list[dict[str, str]], gold: list[dict[str, str]]) -> dict[str, float]:
    """Precision and recall of what was recomputed: the same number of the same place, with the same outcome."""

    def keys(row: dict[str, str]) -> set[tuple[str, str, float, str]]:
        agrees, stated = row["agrees"].replace("by rounding", "yes"), round(float(row["stated"]), 4)
        return {(row["report"], place, stated, agrees) for place in row["place"].split("|")}

    told = set().union(*map(keys, found))
    wanted, spared = ([keys(row) for row in gold if row["required"] == flag] for flag in ("1", "0"))
    right = sum(bool(one & told) for one in wanted)
    listed = set().union(*wanted)
    return {
        "recomputations.precision": len(told & listed) / max(len(told - set().union(*spared) | told & listed), 1),
        "recomputations.recall": right / len(wanted),
    }


# --- subjects -------------------------------------------------------------------------------------------------------

_PHRASE_ENDS = re.compile(
    r"[(,;:]|(?<!\S)(?:of|for|in|into|on|at|by|to|from|with|without|under|over|below|above|among|between|against|per"
    r"|who|which|that|whose|not|did|was|were|has|have|had|is|are|than|as|according|compared)(?!\S)"
    r"|(?<=s)\s(?:\w+(?:ed|ing)|met|built|set|cut|left|use|behind|late|lower|hard|difficult|subject|without)(?!\S)|\s(?:meeting|achieving|using|excluding|given)\s"
)
_SAYS_ONLY_HOW_MUCH = re.compile(
    r"(?:the\s)?(?:total\s|growth\s)?(?:number|total|rate|percentage|proportion|ratio|share)\sof\s(?:the\s)?"
)


def pairs(
    found: list[dict[str, str]], gold: list[dict[str, str]], texts: dict[str, str]
) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """The required rows of the gold that have a figure, each with its row of the table."""
    for want in gold:
        span = score.core_span(texts[want["report"]], want["number"], int(want["occurrence"]))
        rows = (row for row in found if row["report"] == want["report"])
        covering = [row for row in rows if int(row["start"]) <= span[0] and int(row["end"]) >= span[1]]
        if covering and want["required"] != "0":
            yield want, covering[0]


def same_subject(want: dict[str, str], got: dict[str, str]) -> bool:
    """Whether two subjects have a head noun in common; an empty one agrees only with an empty one."""
    if not want["subject"] or not got["subject"]:
        return want["subject"] == got["subject"]
    return any(heads(one) & heads(got["subject"]) for one in want["subject"].split("|"))


def heads(subject: str) -> set[str]:
    """The nouns that a noun phrase is built on, in the singular: one, or more where it is a list.

    >>> heads("Party members disciplined by the district"), heads("total number of new businesses and cooperatives")
    ({'member'}, {'cooperative'})
    >>> sorted(heads("output of rice")), sorted(heads("communes meeting the criteria"))
    (['output'], ['commune'])
    """
    plain = " ".join(subject.lower().replace('"', "").replace("per capita", "average").split())
    phrase = _SAYS_ONLY_HOW_MUCH.sub("", plain, count=1)
    words = (_PHRASE_ENDS.split(f"{phrase} ", maxsplit=1)[0] or phrase).split()
    while len(words) > 1 and re.fullmatch(r"\w+ed|met|built|set|cut", words[-1]):
        words.pop()
    return {_singular(words[-1])} if words else set()


def _singular(word: str) -> str:
    word = re.sub(r"['’]s?$", "", word)
    irregular = {"people": "person", "criteria": "criterion", "women": "woman", "children": "child"}
    return irregular.get(word) or re.sub(r"(?<=[^aeious])ies$", "y", re.sub(r"(?<=[^su])s$", "", word))


def _silent(*_: object) -> None:
    """The scorer's complaints are for its command line."""
