"""Texts in, those that are the same out: word for word, or one release that two newspapers printed.

>>> text = " ".join(f"The commune of An Xa {n} built {n} roads." for n in range(20))
>>> alike({"a": text, "b": "Our paper. " + text, "c": "It has 9 members."})
[('a', 'b', 1.0)]
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations

__all__ = ["alike", "fingerprint"]

_WORD = re.compile(r"\w+")
_RUN = 5  # words in a row that are compared
_LEAST = 40  # runs below which a text is too short to tell
_SAME = 0.5  # of the shorter text's runs that stand in the other
_COMMON = 8  # reports that share a run: it is one of a site or an office


def fingerprint(text: str) -> str:
    """What two texts share that are the same but for blanks and line ends."""
    return " ".join(text.split())


def alike(texts: Mapping[str, str]) -> list[tuple[str, str, float]]:
    """The pairs of texts of which one repeats most of the other, with the share of the shorter one that is repeated.

    Args:
        texts: by their names.
    """
    runs = {name: found for name, text in texts.items() if len(found := _runs(text)) >= _LEAST}
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for name, own in runs.items():
        for run in own:
            holders[run].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if 1 < len(names) <= _COMMON:
            shared.update(combinations(names, 2))
    shares = ((a, b, number / min(len(runs[a]), len(runs[b]))) for (a, b), number in shared.items())
    return sorted((a, b, share) for a, b, share in shares if share >= _SAME)


def _runs(text: str) -> set[int]:
    words = _WORD.findall(text.lower())
    return {hash(tuple(words[n : n + _RUN])) for n in range(len(words) - _RUN + 1)}
