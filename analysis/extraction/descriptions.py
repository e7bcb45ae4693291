"""The words before or behind a number in, the noun phrase that says what it counts or measures out.

>>> counted(" Party members admitted this year, reaching 117.4%").noun
'Party members admitted'
>>> counted(" citizens were received, of which").noun
'citizens received'
>>> measured("In 2023, the average per capita income of the district reached ")
'average per capita income of the district'
>>> shared(" of Party members will be rated as having completed their tasks well, and")
'Party members rated as having completed their tasks well'
>>> shared(" of Party cells completed their tasks well")
'Party cells that completed their tasks well'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from analysis.extraction.noun_phrases import NOUN, Phrase, noun_phrases, tags, without_time
from analysis.lexicon import alternation, phrase, rows
from analysis.sieve import Sifted

__all__ = [
    "counted",
    "head_before",
    "measured",
    "only_counts",
    "owned",
    "shared",
    "verb_before",
]

_MOST_WORDS = 18

_END = re.compile(r"[;:(]|\.(?:\s|\.|$)|…|\s-\s|\n\s*\n")
_GOES_ON = phrase("count_ends")
_PREDICATE = phrase("predicate")
_DONE = re.compile(r"(?:being\s)?(?P<word>\w+ed|built|met|cut|held|set|sent|given|made|put)\b")
_BEFORE_NOUN = phrase("before_noun")
_PER = re.compile(r"(?<=[a-z])/(?:[\d,.]+\s)?\w+")
_OPENS = re.compile("[adoqy]*")
_WAS_DONE = re.compile(r"\s(?:(?:has|have|had)\s)?(?:been|was|were|is|are)\s(?:being\s)?(\w+ed)\b")
_AND_TO = re.compile(r"\s+and\s+(?:to\s)?(?!\w+(?:ed|ing)\b)")
_SAID = re.compile(r"[\s\w]*?\b(?:is|was|are|were|been|be)\s")
_TRAILING = phrase("trailing_words")


@dataclass(frozen=True)
class Counted:
    """What a count counts: the noun phrase, or what is said where no noun follows ("were at the district level")."""

    noun: str
    said: str = ""
    done: bool = False  # the noun phrase says itself what was done


def counted(right: str) -> Counted:
    """The noun phrase that follows a count, with the participle of its predicate: "citizens were received"."""
    text = _PER.sub("", _listed(_END.split(right, maxsplit=1)[0]), count=1)
    text = _GOES_ON.sub("", _BEFORE_NOUN.sub("", f"{text} ", count=1)) if not right.lstrip().startswith(",") else ""
    if not _opening(text):
        return Counted("", _predicate(text))
    found = _PREDICATE.search(f" {text}")
    if not found:
        return Counted(_trimmed(_related(text)))
    before, rest = f" {text}"[: found.start()].rstrip(), found["rest"]
    noun = _related(before)
    if before.endswith((" and", " but")):  # "1,860 units for the year and has finished 874"
        return Counted(_trimmed(noun))
    done = _DONE.match(re.sub(r"^(?:(?:successfully|also|all|newly|already)\s)+", "", rest))
    return Counted(_trimmed(f"{noun} {done.group()}" if done else noun), done=bool(done))


def _opening(text: str) -> Phrase | None:
    """The noun phrase that a text opens with."""
    first = next(iter(noun_phrases(text)), None)
    return first if first and _OPENS.fullmatch(first.before) else None


def _predicate(text: str) -> str:
    """What is said of the things counted before, as words that can follow their name: "met", "that did not"."""
    codes = tags(text)
    if re.match("s?a*h?a*b", codes):
        return _trimmed(_SAID.sub("", text, count=1))
    if re.match(r"\s*(?:who|that)\s", text):
        return _trimmed(text)
    if re.match("a*(?:[hm]|[vxe][dnag])", codes):
        return f"that {_trimmed(text)}"
    return _trimmed(text) if re.match("a*[vxe]", codes) and re.match(r"\s*\w+ed\b", text) else ""


def _related(text: str) -> str:
    """The noun phrase that a text opens with, with the rest as a clause: "cells that completed their tasks"."""
    text = without_time(text)
    first = _opening(text)
    if first is None:
        return text
    noun, rest = first.text, text[first.start + len(first.text) :]
    if re.match(r"\s+(?!who\b|which\b|that\b|whose\b)", rest) and first.behind[:1] in tuple("sz"):
        return noun
    if re.match("c[vx]", first.behind) and _AND_TO.match(rest):
        return noun  # "create 18,000 jobs and raise incomes"
    rest = re.split(r"(?<!ed)\sand\s(?=\w+ed\s)", rest, maxsplit=1)[0]
    finite = re.match(f"a*(?:h?a*[vxe](?=[d{NOUN}eaw])|[hmb])", first.behind) and not re.match(r"\s+\w+ing\b", rest)
    return f"{noun} that{rest}" if finite else noun + rest


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
    if found := re.match(r"\s(?:are|were)\s((?:\w+\s)?(?:\w+\s)?(?:\w+s|people|women))\b", right):
        return found[1]  # "of whom 57% are young people"
    if not (of := re.match(r"[\s,]+(?:or\s\w+\s)?of\s(?:the\s)?", right)):
        return ""
    text = re.split(r"[;:(]|,\s|\.(?:\s|$)", right[of.end() :], maxsplit=1)[0].strip()
    noun, *said = re.split(r"\s(?:is|are|was|were|being)\s", text, maxsplit=1)
    if said and re.fullmatch(f"[{NOUN}]+", tags(said[0])):
        return said[0] if said[0].endswith("s") else f"{said[0]} {noun}"
    text = re.sub(r"\s(?:will\sbe|would\sbe|are|is|being|were|was|ha(?:s|ve)\sbeen)\s", " ", f"{text} ")
    return _trimmed(_related(text)) if _opening(text) else ""


# --- the words before a number ----------------------------------------------------------------------------------

_COMPLEMENT = re.compile("[adopqywz]*")
_TOPIC = re.compile("ro?d*$")
_HELD_AGAINST = re.compile("z[op]*d*$")
_OBJECT = re.compile("[vxe]d*$")
_PREDICATED = re.compile("b[ad]*$")
_PLACED = re.compile("p+[dy]*$")
_OF_NUMBER = re.compile("[o:]|$")
_OPENED = re.compile(r"(?:^|[,;:s])p+[dy]*$")
_WITHIN = re.compile(f"[{NOUN}](?:i|(?:s[amhb]*[vxe]|ez[hb]*[vxe])[aop]*)d*$")
_GROWTH = re.compile(r"\b[Gg]rowth\b")  # says what is measured, if not of what, where nothing else does
_GOES_ON_WITH = re.compile("[ac]*[bhm]|a*v(?!$)|:?$")  # "cells that completed their tasks well reached "


def measured(before: str, *, behind_number: bool = False, grows: bool = False) -> str | None:
    """The noun phrase whose level is stated, from the words before a number: the nearest that can be what is measured.

    Empty where they name none, nothing where they name who does something instead: "the farm supplied ".

    Args:
        before: the words back to the number before, or to the start of the sentence.
        behind_number: whether a number stands before them; the noun that it counts is passed over.
        grows: whether it is by how much something grew, so that what does so may be what is measured.

    >>> measured("the services added ", grows=True)
    'services'
    >>> measured("total investment rose strongly, estimated at "), measured("the farm supplied "), measured(", up ")
    ('total investment', None, '')
    >>> measured("The rate of workers with a degree was ")
    'rate of workers with a degree'
    """
    phrases = noun_phrases(before)
    acting, end, predicate, growth = False, 0, "", ""
    while phrases:
        one = phrases.pop()
        if predicate:
            one, predicate = replace(one, behind=predicate), ""
        counted_before = behind_number and _COMPLEMENT.fullmatch(one.before) and not one.behind.startswith("o")
        if re.search("[;.]", one.behind) or counted_before:
            break
        if _apposed(one):
            predicate = one.behind[1:]
        elif phrases and _WITHIN.search(one.before) and _GOES_ON_WITH.match(one.behind):
            end, predicate = end or one.start + len(one.text), one.behind or "v"
        elif (one.acts and not grows) or (one.place and one.behind.startswith("i")):
            acting = True
        elif one.named and not (one.place or _aside(one)) and (not acting or _TOPIC.search(one.before)):
            return _trimmed(before[one.start : max(end, one.start + len(one.text))])
        else:
            end, growth = 0, growth or (one.text if _GROWTH.search(one.text) else "")
    return None if acting and not growth else _trimmed(growth)


def _apposed(phrase: Phrase) -> bool:
    """Whether it only says who the one before is: "Lam Quy, the largest producer, "."""
    return bool(re.search(f"[{NOUN}],[da]$", phrase.before)) and phrase.behind.startswith(",")


def _aside(phrase: Phrase) -> bool:
    """Whether it is what something is held against, the object of another clause, or where something is so."""
    if _HELD_AGAINST.search(phrase.before) or (_OBJECT.search(phrase.before) and "," in phrase.behind):
        return True
    if _PREDICATED.search(phrase.before) and not phrase.behind.startswith("o"):
        return True
    if _PLACED.search(phrase.before) and not _OF_NUMBER.match(phrase.behind):
        return not (_OPENED.search(phrase.before) and re.match("[bvhm]|pb", phrase.behind))
    return bool(re.match("a*c[ad]*$|sp", phrase.behind))


def owned(right: str, links: str = "of") -> str:
    """The noun phrase that a link behind an amount ties to it: "86 tons of waste".

    >>> owned(" of waste on the beaches were collected"), owned(" of the plan")
    ('waste on the beaches collected', '')
    """
    tied = re.match(rf"\s(?:{links})\s", right)
    one = next(iter(noun_phrases(right)), None) if tied else None
    if one is None or not one.named:
        return ""
    done = _WAS_DONE.match(right, one.start + len(one.text))
    return _trimmed(f"{one.text} {done[1]}" if done else one.text)


def only_counts(noun: str, left: str) -> bool:
    """Whether a noun only counts single ones of what is named elsewhere: "the herd had 41 heads"."""
    return set(tags(noun)) <= {"l"} and bool(re.search("[bhvo]a*d*$|[bk]pa*$", tags(left)))


def _trimmed(piece: str) -> str:
    piece = " ".join(piece.replace('"', "").split()[:_MOST_WORDS]).strip(" ,;:-.…'")
    piece = piece if ")" in piece else piece.partition("(")[0]
    while (tail := _TRAILING.search(piece)) is not None:
        piece = piece[: tail.start()]
    return piece.strip(" ,;:-.")


# --- what was done ----------------------------------------------------------------------------------------------


@cache
def _verbs() -> Sifted:
    forms = alternation(form for row in rows("cues/verbs") for form in row["forms"].split("|"))
    return Sifted(rf"\b({forms})\b", re.IGNORECASE)


@cache
def _participles() -> dict[str, str]:
    return {form: row["participle"] for row in rows("cues/verbs") for form in row["forms"].split("|")}


_NOUN_MODIFIER = phrase("building_as_noun")


@cache
def _heads() -> Sifted:
    heads = alternation(row["head"] for row in rows("cues/heads"))
    return Sifted(rf"\b(?P<head>{heads})\s(?P<link>for|of|against|in|to|from)\s(?:the\s)?$", re.IGNORECASE)


def verb_before(near: str) -> str:
    """What was done to the things counted, as a participle.

    >>> verb_before("the province has cut "), verb_before("the province has ")
    ('cut', '')
    """
    if re.search(r"\b(?:for|in|on|with|at|against|under|among|of)\s+(?:the\s)?$", near):
        return ""  # the count depends on another noun, not on the verb: "a decision to supervise work in 8 units"
    found = [*_verbs().finditer(_NOUN_MODIFIER.sub(" ", near[-70:]))]
    return _participles()[" ".join(found[-1].group().lower().split())] if found else ""  # it may be on two lines


def head_before(near: str) -> str:
    """The noun that a count depends on: "warnings for" in "warnings for 2 Party members"; nothing where there is none.

    >>> head_before("including warnings for "), head_before("has admitted ")
    ('warnings for', '')
    """
    found = _heads().search(near)
    return f"{found['head']} {found['link']}" if found else ""
