"""What stands where a page should over which the library fails: why, and the words; all other pages come out.

>>> why = {}
>>> html = made_or_instead(lambda: 1 / 0, "a.html", ("report", "Xa An, 2023", "It has 9 trees.", [7]), why)
>>> print(html[html.index("<h1>") : html.index("</h1>")], why["a.html"][:55])
<h1>Xa An, 2023 has no page like the others, since this library failed
>>> '<p>It has <span id="f7"></span>9 trees.</p>' in html
True
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping, Sequence
from itertools import pairwise

from markupsafe import Markup

from analysis.errors import UserError
from analysis.pages.base import page
from analysis.reading.sparing import failed_over

__all__ = ["Words", "made_or_instead"]

Words = tuple[str, str, str, Sequence[int]]
"""What a page is about (a report, a place), what that is called, its text, and where figures begin in it."""

_BETWEEN = re.compile(r"\s*[\r\n]\s*")


def made_or_instead(
    make: Callable[[], str], name: str, words: Words, failed: MutableMapping[str, str] | None = None
) -> str:
    """A page; where the library fails over it, one that says so.

    Args:
        make: makes the page.
        name: by which ``failed`` tells it.
        words: of the page that says so.
        failed: takes in why there is no page; without it, that is an error.
    """
    if failed is None:
        return make()
    try:
        return make()
    except UserError:
        raise
    except Exception as error:
        failed[name] = failed_over(error, "has no page like the others")
        return _instead(words, failed[name])


def _instead(words: Words, why: str) -> str:
    what, called, text, starts = words
    told = f"This {what} {why}."
    cuts = [*sorted(starts), len(text)]
    pieces = [_paragraphs(text[: cuts[0]])]
    pieces += [
        Markup('<span id="f{}"></span>{}').format(one, _paragraphs(text[one:end])) for one, end in pairwise(cuts)
    ]
    body = Markup("<h1>{}</h1>\n<p>{}</p>\n<div>\n<p>{}</p>\n</div>").format(called, told, Markup("").join(pieces))
    return page(called, body, description=told)


def _paragraphs(text: str) -> Markup:
    return Markup("</p>\n<p>").join(_BETWEEN.split(text))
