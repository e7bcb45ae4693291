"""A piece of a sentence in, its noun phrases out, each with how it stands to its verb and to the words that follow.

There is no tagger of parts of speech: the closed classes of words are listed in ``data/cues/word_kinds.csv``, words in
-ed and -ing are read by their neighbours, and every other word is taken for a noun or its adjective.

>>> [phrase.text for phrase in noun_phrases("Regarding trade, the total value of exports this year has reached ")]
['trade', 'total value of exports']
>>> [phrase.text for phrase in noun_phrases("measures helped reduce the rate of poor households in Lam Quy by ")]
['measures', 'rate of poor households in Lam Quy']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from analysis.lexicon import by_initial, months, number_words, rows

__all__ = ["NOUN", "Phrase", "noun_phrases", "tags", "without_time"]

NOUN = "nukgql"
"""The codes of nouns and their adjectives."""

_CODES = {
    "of": "o",
    "preposition": "p",
    "with": "i",
    "topic": "r",
    "held against": "z",
    "determiner": "d",
    "being": "b",
    "having": "h",
    "modal": "m",
    "clause": "s",
    "and": "c",
    "level verb": "v",
    "doing": "x",
    "adverb": "a",
    "number noun": "u",
    "yardstick": "k",
    "body": "g",
    "counter": "l",
    "time": "w",
    "ordinal": "q",
    "noun": "n",
    "plural verb": "t",
}
_CORE = f"(?:(?<=d)y)?(?:qc(?=q))?[{NOUN}]*[nukgl]"
_LINK = "(?:e?[op]+d*|j[aedop]*|[cC])(?=[ukqyc]*[ngl])"
_LISTED = rf"(?:,{_CORE})+,?[cC]{_CORE}"
_PHRASE = re.compile(rf"(?P<core>{_CORE})(?P<more>{_LISTED}|(?:{_LINK}(?>{_CORE})(?!w)|(?:,{_CORE})+,?c{_CORE})*)")
_OBJECT = re.compile(f"e?[{NOUN}]|d")
_POSSESSIVE = re.compile(r"['’]s?$")
_LETTER = re.compile(r"[^\W\d]")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_OF_SEVERAL_KINDS = "vxejtn-"  # codes of words whose neighbours decide what they are
_MONTHS = frozenset(month.lower() for month in months())
_EMPTY = re.compile("[ukgqwy]*")
_TIME = re.compile("(?:[opz]+d*|d|q)[qya]*w[opdqwyz]*$")


@dataclass(frozen=True)
class Phrase:
    """A noun phrase: its words and where they stand, the codes of the words around, whether it can be measured."""

    text: str
    start: int
    before: str
    behind: str
    named: bool

    @property
    def acts(self) -> bool:
        """Whether it is who does what the verb right behind it says: "the farm supplied ", not "capital was paid"."""
        return bool(re.match(r"a*[hm]?a*[xe](?!a*[opy,;:.xevbh])|a*[hm]?a*x(?=[,;:.])", f"{self.behind} "))

    @property
    def place(self) -> bool:
        """Whether it is a name right before the number: "Ba Ran 9/13"."""
        capital = all(word[:1].isupper() or word in ("of", "for") for word in self.text.split())
        return bool(capital and not self.text.isupper() and self.before and re.fullmatch("a?|ida*", self.behind))


def noun_phrases(text: str) -> list[Phrase]:
    """The noun phrases of a text, in its order."""
    (words, codes), found = _tagged(text), []
    for match in _PHRASE.finditer(codes):
        start = words[match.start()].start()
        named = _named(match["core"], match["more"])
        said = text[start : words[match.end() - 1].end()]
        found.append(Phrase(said, start, codes[: match.start()], codes[match.end() :], named))
    return found


def without_time(text: str) -> str:
    """A text without the time that it ends with.

    >>> without_time("members who left in the past 9 months")
    'members who left'
    """
    words, codes = _tagged(text)
    found = _TIME.search(codes)
    return text[: words[found.start()].start()].rstrip() if found and found.start() else text


def _named(core: str, more: str) -> bool:
    """Whether the head names what is measured; "number of ..." does by the noun behind it."""
    if core.endswith("g") and not more.startswith(","):
        return False
    if not _EMPTY.fullmatch(core):
        return True
    behind = re.match(rf"od*(?P<core>{_CORE})", more)
    return "k" not in core and behind is not None and _named(behind["core"], more[behind.end() :])


def tags(text: str) -> str:
    """A code for each word: the kind that the data file gives it, else by its ending and its neighbours.

    >>> tags("the registered capital used for roads has risen")
    'dnnepnhv'
    """
    return _tagged(text)[1]


@lru_cache(maxsize=10)  # the phrases of a text, the one it opens with and its time are asked for in turn
def _tagged(text: str) -> tuple[list[re.Match[str]], str]:
    """The words of a text, and their codes."""
    found = list(_token().finditer(text))
    words = [match.group() for match in found]
    codes = [_kind(word) for word in words]
    for n, word in enumerate(words):
        if codes[n] in _OF_SEVERAL_KINDS or word == "An":
            codes[n] = _in_place(words, codes, n)
    return found, "".join(codes)


def _in_place(words: list[str], codes: list[str], n: int) -> str:
    """The code of a word that may be of several kinds, by its neighbours."""
    word, code, last = words[n].lower(), codes[n], words[n - 1] if n else ""
    before, ahead = codes[n - 1] if n else ",", "".join(codes[n + 1 : n + 3])
    behind = ahead[:1]
    noun = behind != "" and behind in NOUN
    if words[n] == "An" and words[n + 1 : n + 2] and words[n + 1].istitle() and n:
        return "n"  # An Giang
    if code in "vxe" and word.endswith("ed") and noun and before in ("d,;:.aqopucikj" if code == "e" else "douq"):
        return "n"  # "the registered capital"
    if word == "set" and noun and (not n or before == "d"):
        return "u"  # "the set target"
    if code in "vxj" and word.endswith("ing") and before in NOUN and _OBJECT.match(ahead):
        return "j"  # "communes meeting the standard"
    if code == "j":
        return "v" if before in ",;.c" and n and behind in ("", *"dapys") else "n"
    if code == "t":
        return "v" if (last.endswith("s") or before == "l") and behind and behind in NOUN + "deayi" else "n"
    if code == "-":
        return "C" if before in NOUN and noun else ","
    return code


@lru_cache(maxsize=20_000)
def _kind(word: str) -> str:
    """The code of a word by the data file, else by its ending."""
    return _kinds().get(_POSSESSIVE.sub("", " ".join(word.lower().split()))) or _shape(word)


def _shape(word: str) -> str:
    lower = word.lower()
    if not word[0].isalnum():
        return {"…": ".", "(": ",", ")": ",", "–": "-"}.get(word, word if len(word) == 1 else "n")  # "_Report_0907In"
    if lower in number_words() or not _LETTER.search(word):
        return "y"
    if _MONTHS.issuperset(lower.split("-")) or _ORDINAL.fullmatch(lower):
        return "w"  # "January-October", "May 31st"
    if lower.endswith("ly") and len(word) > 4:
        return "a"
    if lower.endswith("ed") and len(word) > 3 and not lower.endswith("eed"):
        return "e"
    return "j" if lower.endswith("ing") and len(word) > 4 else "n"


@cache
def _token() -> re.Pattern[str]:
    """A number, one of the listed expressions of several words, a word, a mark."""
    several = by_initial(word for word in _kinds() if not word.isalpha())
    number = r"\d+(?:[-–]?[^\W\d_]\w*)|\d[\d.,/%–-]*\d%?|\d"
    return re.compile(rf"{number}|(?i:\b{several}(?!\w))|\w(?:[\w'’/&]|[-–.](?=\w))*|[,;:.()…–-]")


@cache
def _kinds() -> dict[str, str]:
    """The code of each listed word; what somebody does is also in the list of verbs of doing."""
    nouns = {row["head"] for row in rows("cues/heads")}
    done = {form for row in rows("cues/verbs") for form in row["forms"].split("|") if not form.endswith("ing")}
    found = dict.fromkeys(done - nouns, "x") | {row["word"]: "g" for row in rows("places/levels")}
    listed = ((word, _CODES[row["kind"]]) for row in rows("cues/word_kinds") for word in row["words"].split("|"))
    return found | {month.lower(): "w" for month in months()} | dict(listed)
