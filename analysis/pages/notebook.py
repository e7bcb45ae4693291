"""An executed notebook as one self-contained HTML page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import takewhile
from typing import Any

from jinja2 import pass_context
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from traitlets import default
from traitlets.config import Config

from analysis.pages.base import TEMPLATES, page

__all__ = ["ReportExporter", "answer", "inline_svg", "one_head", "output_markdown", "question"]

ANSWER = "answer"
LAB = "lab"  # the tag of a cell that makes sense in JupyterLab only
# What a notebook's output is shown as, where it comes in several forms: nothing that runs, and no maths to fetch.
_SHOWN = ["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]
_FETCHED = re.compile(r'<img\b(?![^>]*\bsrc="data:)[^>]*>')
_HEADS = re.compile(r"<thead>\s*<tr[^>]*>(?P<first>.*?)</tr>\s*<tr[^>]*>(?P<second>.*?)</tr>\s*</thead>", re.DOTALL)
_HEAD = re.compile(r"<th\b[^>]*>.*?</th>", re.DOTALL)
_TAKEN = {"main", "show-code"}  # ids of the page's own


class ReportExporter(HTMLExporter):
    """An executed notebook as one self-contained page: code behind a switch, contents listed, nothing fetched."""

    export_from_notebook = "Report (self-contained HTML)"
    basis = ""  # what every page rests on, in a sentence
    folder = ""  # of the notebook, where the pictures of its Markdown are
    neighbours: Sequence[tuple[str, str, str]] = ()  # the pages before and after the one that is made

    @default("template_name")
    def _template_name_default(self) -> str:
        return "report"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    @property
    def default_config(self) -> Config:
        """The settings of every HTML export, and which form of an output to show."""
        config: Config = super().default_config
        config.merge(Config({"NbConvertBase": {"display_data_priority": _SHOWN}}))
        return config

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """Every HTML export's filters, and two for outputs."""
        yield from super().default_filters()
        yield "inline_svg", inline_svg
        yield "output_markdown", output_markdown
        yield "one_head", one_head

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """A Markdown cell in HTML, its headings noted for the list of contents."""
        attachments = context.get("cell", {}).get("attachments", {})
        renderer = _CellRenderer(self._headings, self.lost, path=self.folder, attachments=attachments)
        return str(MarkdownWithMath(renderer=renderer).render(source))

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of an executed notebook."""
        self._headings: list[tuple[int, str, str]] = []
        nb = nb.copy()
        nb.cells = [cell for cell in nb.cells if LAB not in cell.metadata.get("tags", [])]
        self.lost: list[str] = []  # pictures that are not in the notebook's folder
        body, resources = super().from_notebook_node(nb, resources, **kw)
        named = str(resources.get("metadata", {}).get("name") or "Notebook")
        self.question = next((text for level, _, text in self._headings if level == 1), "")
        if not self.question:
            body = f"<h1>{escape(named)}</h1>\n{body}"
        text = page(
            self.question or named,
            body,
            description=Markup(answer(nb)).striptags() or self.question or named,
            contents=[heading for heading in self._headings if heading[0] in (2, 3)],
            code_switch=True,
            basis=self.basis,
            neighbours=self.neighbours,
        )
        return text, resources


class _CellRenderer(IPythonRenderer):
    """Markdown of a notebook's own cells; a page has one ``h1``, so further ones count as ``h2``."""

    def __init__(
        self,
        headings: list[tuple[int, str, str]],
        lost: list[str],
        path: str,
        attachments: dict[str, dict[str, str]],
    ) -> None:
        super().__init__(escape=False, exclude_anchor_links=True, embed_images=True, path=path, attachments=attachments)
        self._headings = headings
        self._lost = lost

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """The picture itself, in the page; its words where it cannot be had without asking for it."""
        if url.startswith(("data:", "attachment:")) or (self.path and self._src_to_base64(url)):
            return str(super().image(text, url, title))
        self._lost.append(url)
        return f"<em>{text or url}</em>"

    def block_html(self, html: str) -> str:
        """HTML with its pictures in it."""
        return self._with_pictures(super().block_html(html))

    def inline_html(self, html: str) -> str:
        """HTML with its pictures in it."""
        return self._with_pictures(super().inline_html(html))

    def _with_pictures(self, html: str) -> str:
        """The HTML without pictures that the page would have to fetch."""
        return _FETCHED.sub(self._instead, html)

    def _instead(self, found: re.Match[str]) -> str:
        source, alt = (re.search(rf'{name}="([^"]*)"', found[0]) for name in ("src", "alt"))
        self._lost.append(source[1] if source else "")
        return f"<em>{alt[1] if alt else source[1] if source else ''}</em>"

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        """A heading with an id of its own."""
        first = not any(seen == 1 for seen, _, _ in self._headings)
        level = level if level > 1 or first else 2
        words = str(Markup(text).striptags())
        slug = "-".join(re.findall(r"\w+", words.lower())) or "section"
        taken = _TAKEN | {name for _, name, _ in self._headings}
        name = next(name for n in range(len(taken) + 1) if (name := f"{slug}-{n + 1}" if n else slug) not in taken)
        self._headings.append((level, name, words))
        return f'<h{level} id="{escape(name)}">{text}</h{level}>\n'


class _OutputRenderer(IPythonRenderer):
    """Computed Markdown: it may hold words of a report, so HTML is shown as text and no picture is fetched."""

    def __init__(self) -> None:
        super().__init__(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """The picture's words."""
        return text

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """A link, or its words where it would run something."""
        return text if self.safe_url(url) == "#harmful-link" else str(super().link(text, url, title))


def output_markdown(source: str) -> str:
    """Markdown that a cell computed, in HTML.

    >>> output_markdown("**2** of <b>3</b> [here](report-a.html#f1) [run](javascript:x)").strip()
    '<p><strong>2</strong> of &lt;b&gt;3&lt;/b&gt; <a href="report-a.html#f1">here</a> run</p>'
    """
    return str(MarkdownWithMath(renderer=_OutputRenderer()).render(source))


def one_head(table: str) -> str:
    """A frame with one row of headings, and words in its corner: pandas sets the name of the rows in a second one.

    >>> one_head("<thead><tr><th>verdict</th><th>met</th></tr><tr><th>place</th><th></th></tr></thead>")
    '<thead><tr><th>place</th><th>met</th></tr></thead>'
    """
    return _HEADS.sub(_as_one, table).replace("<th></th>", "<td></td>")


def _as_one(heads: re.Match[str]) -> str:
    """The names of the rows, and those of the columns; both rows where the second names columns too."""
    first, second = (_HEAD.findall(heads[name]) for name in ("first", "second"))
    names = list(takewhile(lambda cell: Markup(cell).striptags(), second))
    if not names or len(first) != len(second) or any(Markup(cell).striptags() for cell in second[len(names) :]):
        return heads[0]
    return f"<thead><tr>{''.join([*names, *first[len(names) :]])}</tr></thead>"


def inline_svg(picture: str, alt: str) -> str:
    """An SVG file as an element of a page: without its XML head, and with a name for those who do not see it.

    >>> inline_svg('<?xml version="1.0"?><svg width="9pt"></svg>', "A line")
    '<svg role="img" aria-label="A line" width="9pt"></svg>'
    """
    element = picture[max(picture.find("<svg"), 0) :].strip()
    named = "aria-label=" in element.partition(">")[0]
    return element if named else element.replace("<svg", f'<svg role="img" aria-label="{escape(alt)}"', 1)


def question(notebook: NotebookNode) -> str:
    """The first heading of a notebook's Markdown, in plain words; empty where there is none."""
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    found = re.search(r"^#\s+(.+)$", "\n".join(texts), re.MULTILINE)
    return str(Markup(output_markdown(found[1])).striptags()) if found else ""


def answer(notebook: NotebookNode) -> str:
    """The first output of the cell tagged ``answer``, as HTML; empty where there is none."""
    for cell in notebook.cells:
        if ANSWER not in cell.metadata.get("tags", []):
            continue
        for output in cell.get("outputs", []):
            data = output.get("data", {"text/plain": output.get("text", "")})
            if "text/html" in data:
                return str(data["text/html"])
            if "text/markdown" in data:
                return output_markdown(data["text/markdown"])
            return f"<p>{escape(data.get('text/plain', ''))}</p>"
    return ""
