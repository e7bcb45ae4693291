"""A web page in, its article out, with title, date, site and address: by trafilatura, from the bytes alone.

Nothing is fetched, no script runs, and what stands around the article is left to the extractor: in its mode for
precision, as a counter or a comment would be read as figures of the report.
"""

from __future__ import annotations

import datetime as dt
import email
import re
from collections.abc import Iterable
from email import policy
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from bs4.dammit import UnicodeDammit
from lxml import etree
from trafilatura.xml import xmltotxt

from analysis.lexicon import rows
from analysis.reading.formats import Found, Unreadable
from analysis.reading.table_rows import spoken
from analysis.reading.text import composed, decoded

__all__ = ["read", "read_mhtml"]

_DATE = {"original_date": True, "extensive_search": False}  # what the page says, no guess from any year on it
_PARAGRAPH = re.compile(r"\n+(?!- )")  # every line is one; those of a list stay together
_INLINE = ("b", "em", "font", "i", "span", "strong", "u")
_BOXES = ("div", "li", "ol", "p", "section", "span", "ul")
_BLOCKS = ("p", "head", "list", "item", "quote", "lb")
_UNSEEN = "//comment() | //style | //script[not(contains(@type, 'json'))]"  # with dates of those who wrote them
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LEAST = 10  # words of an article
_OPENING = 300  # characters in which an article repeats its title and its lead
_NEAR = 40  # elements between a title and the lead under it
_SITE_BEHIND = re.compile(r"(?:\s+[|·–—-]\s.*)?$")


def read(data: bytes) -> list[Found]:
    """The article of a saved page.

    Raises:
        Unreadable: no article was found on it.
    """
    return [_article(_markup(data))]


def read_mhtml(data: bytes) -> list[Found]:
    """The article of a page that was saved in one file, with its pictures.

    Raises:
        Unreadable: there is no page in it, or no article on the page.
    """
    message = email.message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            address = part.get("Content-Location", "") or message.get("Snapshot-Content-Location", "")
            charset = part.get_content_charset("")
            return [_article(_markup(payload if isinstance(payload, bytes) else b"", charset), str(address))]
    raise Unreadable("holds no web page")


def _markup(data: bytes, charset: str = "") -> str:
    """The page as text, by its mark, by what it declares, else as any text is decoded."""
    known = [charset] if charset else []
    page = UnicodeDammit(data, known_definite_encodings=known, is_html=True, smart_quotes_to=None)
    declared = page.declared_html_encoding or charset or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return page.unicode_markup if declared and page.unicode_markup else decoded(data)


def _article(markup: str, address: str = "") -> Found:
    tree = trafilatura.load_html(markup)
    if tree is None:
        raise Unreadable("is a page on which no article was found")
    if "analysis" in tree.xpath("//meta[@name='generator']/@content"):
        raise Unreadable("is a page that an earlier run made")
    _without_surroundings(tree)
    _unspoilt(tree)
    page: Any = trafilatura.bare_extraction(
        tree,
        url=address if _is_web(address) else None,
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=dict(_DATE),
    )
    if page is None or page.body is None:
        raise Unreadable("is a page on which no article was found")
    for element in page.body.iter():  # where a line ends in the source, none ends on the page
        if element.tag != "code":
            element.text = _SPACE.sub(" ", element.text or "")
        element.tail = _SPACE.sub(" ", element.tail or "")
    lost = _tables_told(page.body)
    text = _PARAGRAPH.sub("\n\n", composed(xmltotxt(page.body, include_formatting=False)).strip())
    if len(text.split()) < _LEAST:
        raise Unreadable("is a page on which no article was found")
    title, lead = _opening(tree, page.title, page.description)
    if title not in text[:_OPENING]:
        text = f"{title}\n\n{text}"
    if lead not in text:
        before, title, after = text.partition(title)
        line, _, body = after.partition("\n")
        text = f"{before}{title}{line}\n\n{lead}\n{body}"
    where = page.url if _is_web(page.url or "") else address if _is_web(address) else ""
    source = page.sitename or page.hostname or ""
    return Found(text, date=_day(page.date), source=source, address=where, lost=tuple(lost))


def _opening(tree: Any, stated: str | None, summary: str | None) -> tuple[str, str]:
    """The title and the lead as they stand over the article.

    The title that a page states may have the site's name behind it; the summary is its lead where it follows the title.
    """
    title = composed(stated or "").strip()
    for head in tree.iter("h1"):
        over = _line(head.itertext())
        if over and title.startswith(over) and _SITE_BEHIND.match(title.removeprefix(over)):
            lead = composed(summary or "").strip()
            below = (_line(part.itertext()) for part in head.xpath("following::*")[:_NEAR])
            return over, lead if len(lead.split()) >= _LEAST and lead in below else ""
    return title, ""


def _line(pieces: Iterable[str]) -> str:
    return " ".join(composed("".join(pieces)).split())


def _without_surroundings(tree: Any) -> None:
    """Take out what is no part of the article: before its date is looked for, as a headline beside it has its own."""
    for xpath in [_UNSEEN, *(row["xpath"] for row in rows("reading/around_articles"))]:
        for element in tree.xpath(xpath):
            if element.getparent() is not None:
                element.drop_tree()


def _unspoilt(tree: Any) -> None:
    """Take out what editors write into a page, and the extractor would take for its layout.

    With an empty element it gives up the words behind it, and text within a border it takes for a box; texts that were
    pasted from a word processor are full of both. An empty box is the end of a line.
    """
    for element in list(tree.iter(*_INLINE)):
        if not len(element) and not element.text and element.getparent() is not None:
            element.drop_tag()
    for element in tree.iter("div"):
        if not len(element) and not (element.text or "").strip():
            element.tag = "br"
    for element in tree.iter(*_BOXES):
        if "border" in element.get("style", ""):
            element.set("style", element.get("style").replace("border", ""))


def _tables_told(body: Any) -> list[str]:
    """Put in place of each table what its rows say; returned is what they could not."""
    lost: list[str] = []
    for table in list(body.iter("table")):
        parent = table.getparent()
        if parent is None:
            continue
        told = spoken([[_cell(cell) for cell in row.iter("cell")] for row in table.iter("row")])
        lost += told.lost
        at = parent.index(table)
        for n, line in enumerate(told.lines):
            paragraph = etree.Element("p")
            paragraph.text = line
            parent.insert(at + n, paragraph)
        parent.remove(table)
    return lost


def _cell(cell: Any) -> str:
    """The text of a cell, its paragraphs on lines of their own."""
    pieces = [cell.text or ""]
    for child in cell:
        around = "\n" if child.tag in _BLOCKS else ""
        pieces += [around, "".join(child.itertext()), around, child.tail or ""]
    return "".join(pieces)


def _day(stated: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((stated or "")[:10])
    except ValueError:
        return None


def _is_web(address: str) -> bool:
    return urlsplit(address).scheme in ("http", "https") if address else False
