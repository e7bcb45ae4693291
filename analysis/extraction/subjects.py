"""The candidates of a sentence in, what each measures in the report's own words out, with its indicator.

The words are the noun phrase after a count, before a level, or behind a share; or those of the figure that it is about.

>>> counted(" Party members admitted this year, reaching 117.4%").noun
'Party members admitted this year'
>>> counted(" citizens were received, of which").noun
'citizens received'
>>> measured("In 2023, the average per capita income of the district reached ")
'average per capita income of the district'
>>> shared(" of Party members will be rated as having completed their tasks well, and")
'Party members rated as having completed their tasks well'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from analysis.currencies import is_money
from analysis.extraction.candidate import Candidate
from analysis.extraction.indicators import indicator
from analysis.lexicon import alternation, phrase, rows

__all__ = ["name"]

MOST_WORDS = 18

_END = re.compile(r"[;:(]|\.(?:\s|\.|$)|…|\s-\s|\n\s*\n")
_GOES_ON = phrase("count_ends")
_PREDICATE = phrase("predicate")
_DONE = re.compile(r"(?:being\s)?(?P<word>\w+ed|built|met|cut|held|set|sent|given|made|put)\b")
_BEFORE_NOUN = phrase("before_noun")
_TRAILING = phrase("trailing_words")


@dataclass(frozen=True)
class Counted:
    """What a count counts: the noun phrase, or what is said where no noun follows ("were at the district level")."""

    noun: str
    said: str = ""
    done: bool = False  # the noun phrase says itself what was done


def counted(right: str) -> Counted:
    """The noun phrase that follows a count, with the participle of its predicate: "citizens were received"."""
    text = _listed(_END.split(right, maxsplit=1)[0])
    text = _GOES_ON.sub("", _BEFORE_NOUN.sub("", f"{text} ", count=1)) if not right.lstrip().startswith(",") else ""
    found = _PREDICATE.search(f" {text}")
    if not found:
        return Counted(_trimmed(text))
    noun, rest = f" {text}"[: found.start()], found["rest"]
    if not noun.strip():
        return Counted("", _trimmed(rest))
    done = _DONE.match(re.sub(r"^(?:(?:successfully|also|all|newly|already)\s)+", "", rest))
    return Counted(_trimmed(f"{noun} {done.group()}" if done else noun), done=bool(done))


def without_head(noun: str) -> str:
    """The noun phrase without the head of the next one: "Party members and expulsion of 1 Party member".

    >>> without_head("Party members and expulsion")
    'Party members'
    """
    first, joined, last = noun.rpartition(" and ")
    return first if joined and _heads().match(f"{last} of ") else noun


def _listed(text: str) -> str:
    """The text up to its first comma, or further where short nouns go on a list: "villages, residential groups, "."""
    first, *others = text.split(", ")
    kept = [first]
    for part, _ in pairwise(others):  # never the last part: a verb may follow it
        if not re.fullmatch(r"[a-z]+(?:\s[a-z]+){0,2}", part.strip()):
            break
        kept.append(part)
    return ", ".join(kept)


def shared(right: str) -> str:
    """What a per cent is a share of, from the words that follow it: "90% of grassroots organizations completed ..."."""
    if not re.match(r"\s+of\s", right):
        return ""
    text = re.split(r"[;:(]|,\s|\.(?:\s|$)", right, maxsplit=1)[0]
    text = re.sub(r"^\s+of\s+(?:the\s+)?", "", text)
    text = re.sub(r"\s(?:will\sbe|would\sbe|are|is|being|were|was|ha(?:s|ve)\sbeen|ha(?:s|ve))\s", " ", f"{text} ")
    return _trimmed(re.sub(r"\s(?:by|in)\s(?:the\s)?(?:end of\s)?(?:19|20)\d\d\s*$", "", text))


# --- the words before a number ----------------------------------------------------------------------------------

_LEAD = phrase("leading_words")
_SAID = phrase("said_before_number")
_PIECES = phrase("phrase_break")
_TIME = phrase("only_a_time")


def measured(before: str) -> str:
    """The noun phrase whose level is stated, from the words before a number; empty where they name none."""
    text = before.rstrip(" (:\n")
    while (found := _SAID.search(text)) and found.start() < len(text):
        text = text[: found.start()].rstrip(" ,(:\n")
    piece = _PIECES.split(" ".join(text.split()))[-1]
    if len(piece.split()) > 12:
        piece = re.split(r"\b(?:which|that|where|when|whose)\b", piece)[-1]
    while (lead := _LEAD.match(piece)) and 0 < lead.end() < len(piece):
        piece = piece[lead.end() :]
    named = _trimmed(" ".join(piece.split()[-MOST_WORDS:]))
    return "" if _TIME.fullmatch(named) or not re.search(r"[a-z]{3}|[A-Z]{3}", named) else named


def _trimmed(piece: str) -> str:
    piece = " ".join(piece.replace('"', "").split()[:MOST_WORDS]).strip(" ,;:-.…'")
    while (tail := _TRAILING.search(piece)) is not None:
        piece = piece[: tail.start()]
    return piece.strip(" ,;:-.")


# --- what was done ----------------------------------------------------------------------------------------------


@cache
def _verbs() -> re.Pattern[str]:
    forms = alternation(form for row in rows("cues/verbs") for form in row["forms"].split("|"))
    return re.compile(rf"\b({forms})\b", re.IGNORECASE)


@cache
def _participles() -> dict[str, str]:
    return {form: row["participle"] for row in rows("cues/verbs") for form in row["forms"].split("|")}


_NOUN_MODIFIER = phrase("building_as_noun")


@cache
def _heads() -> re.Pattern[str]:
    heads = alternation(row["head"] for row in rows("cues/heads"))
    return re.compile(rf"\b(?P<head>{heads})\s(?P<link>for|of|against|in|to|from)\s(?:the\s)?$", re.IGNORECASE)


def verb_before(near: str, noun: str) -> str:
    """What was done to the things counted, as a participle; nothing where the noun phrase says it itself.

    >>> verb_before("the province has cut ", "staffing targets"), verb_before("it admitted ", "members admitted")
    ('cut', '')
    """
    if _verbs().search(noun) or re.search(r"\b(?:achiev|meet|reach|violat|complet|join)(?:ing|ed)?\b", noun):
        return ""
    if re.search(r"\b(?:for|in|on|with|at|against|under|among|of)\s+(?:the\s)?$", near):
        return ""  # the count depends on another noun, not on the verb: "a decision to supervise work in 8 units"
    found = _verbs().findall(_NOUN_MODIFIER.sub(" ", near[-70:]))
    return _participles()[found[-1].lower()] if found else ""


def head_before(near: str) -> str:
    """The noun that a count depends on: "warnings for" in "warnings for 2 Party members"; nothing where there is none.

    >>> head_before("including warnings for "), head_before("has admitted ")
    ('warnings for', '')
    """
    found = _heads().search(near)
    return f"{found['head']} {found['link']}" if found else ""


# --- subject and indicator of each figure ---------------------------------------------------------------------------

_VALUE = re.compile(r"^[\s,]*(?:totall?ing|worth|valued at|at a (?:total )?cost of)\b", re.IGNORECASE)
_EARN = re.compile(r"\b(?:earn|rak(?:e|es|ed|ing)\sin|gross|generat|collect)\w*\s$", re.IGNORECASE)
_EARNED = re.compile(r"\s(?:in|from)\s(?!the\sfirst\b|\d)(?=(?:the\s)?[a-z])")
_IN = re.compile(r"\s+(?:in|of|for)\s+(?=[a-z])")
_MOST_STEPS = 3


def name(figures: Sequence[Candidate]) -> None:
    """Set ``subject`` and ``indicator`` of the figures of one sentence."""
    for n, figure in enumerate(figures):
        figure.subject = _own(figures, n)
        if figure.subject and figure.measure.cue == "cut against a plan" and not figure.subject.endswith(" reduced"):
            figure.subject += " reduced"
        figure.indicator = _indicator(figure)
    for figure in figures:
        _from_about(figure)


def _own(figures: Sequence[Candidate], n: int) -> str:
    """The subject that the words around a figure name; empty where they leave it to another figure."""
    figure, words = figures[n], figures[n].words
    counts = figure.number.unit == "count" and figure.measure.word in ("amount", "margin", "change")
    if counts and (found := _of_count(figures, n)):
        return found
    if figure.unit == "%" and (found := shared(words.right)) and figure.measure.word in ("share", "score"):
        return found
    if _VALUE.match(words.near) and (base := _base(figures, n)):
        return f"value of {base}"
    if is_money(figure.unit) and (source := _EARNED.match(words.right)) and _EARN.search(words.near):
        noun = counted(words.right[source.end() - 1 :]).noun
        return noun if "revenue" in noun else f"revenue from {noun}"
    if words.bracket is not None:
        return ""
    found = measured(words.left)
    if not found and figure.measure.word == "amount" and (link := _IN.match(words.right)):
        found = counted(words.right[link.end() - 1 :]).noun
    return found


def _of_count(figures: Sequence[Candidate], n: int) -> str:
    figure, words = figures[n], figures[n].words
    found = counted(words.right)
    if not found.noun:
        base = _base(figures, n)
        return f"{base} {found.said}" if base and found.said and figure.number.out_of is not None else ""
    noun = without_head(found.noun)
    figure.head, figure.verb = head_before(words.near), "" if found.done else verb_before(words.near, noun)
    if n and not (figure.head or figure.verb or found.done) and _goes_on(words.near, figures[n - 1]):
        figure.head, figure.verb = figures[n - 1].head, figures[n - 1].verb
    head, verb = figure.head, figure.verb
    figure.base = f"{head} {noun}" if head else f"{noun} {verb}" if verb and verb not in noun else noun
    return figure.base


def _goes_on(near: str, before: Candidate) -> bool:
    """Whether a count only follows on the one before it: " and " behind "Party organizations"."""
    return before.base is not None and bool(not near.strip() or re.search(r"\b(?:and|or|as well as)\s*$", near))


def _base(figures: Sequence[Candidate], n: int) -> str:
    """The subject of the nearest count before that names its own."""
    return next((figure.base for figure in reversed(figures[:n]) if figure.base), "")


def _indicator(figure: Candidate) -> str:
    """The indicator of the subject, else of the subject with the words right around the number."""
    words, unit, measure = figure.words, figure.unit, figure.measure.word
    if not figure.subject:
        return ""
    counts = figure.number.unit == "count"
    context = f"{figure.verb} {figure.head} {words.right[:90]}" if counts else f"{figure.subject} {words.near[-60:]}"
    return indicator(figure.subject, unit, measure) or indicator(context, unit, measure)


def _from_about(figure: Candidate) -> None:
    """A per cent, a margin, a target in brackets takes the subject of the figure that it is about."""
    about, steps = figure.about, 0
    while about is not None and about.about is not None and not about.subject and steps < _MOST_STEPS:
        about, steps = about.about, steps + 1
    dependent = figure.bracketed or figure.role.word in ("target", "benchmark")
    dependent = dependent or figure.measure.word in ("attainment", "margin", "change", "rank")
    own = figure.measure.word == "share" and not figure.bracketed
    own = own or (figure.measure.word == "change" and figure.base is not None)
    if about is not None and about.subject and not (figure.subject and (own or not dependent)):
        figure.subject, figure.indicator = about.subject, about.indicator
