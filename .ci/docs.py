"""Builds the documentation: the tutorial, run anew, the guide, and a reference made from the code and the data files.

Run by `make docs`; nothing of it is committed, so that it can never say anything but what the sources say.
"""

import argparse
import inspect
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / ".ci")]
TUTORIALS = ROOT / "notebooks" / "tutorials"
GUIDE = ("Your own reports", "From the shell", "Correcting what it got wrong", "Handing on")  # sections of README
QUIETLY = ["--log-level=ERROR", "--HistoryManager.hist_file=:memory:"]
MOST = 300  # rows of a data file that are shown; its first ones
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_ELSEWHERE = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?:|#)[^)]+\)")  # links into the repository


def pages() -> dict[str, str]:
    """The pages in Markdown by their names, in order, without the tutorial."""
    return {
        "guide": "\n".join(["# How is it used?\n", *(_section("README.md", name) for name in GUIDE)]),
        "commands": _commands(),
        "python": _python(),
        "tables": _tables(),
        "checks": (ROOT / "analysis" / "checks" / "README.md").read_text(encoding="utf-8"),
        "indicators": _indicators(),
        "vocabulary": _vocabulary(),
        "hints": _hints(),
        "adding": _adding(),
        "security": _security(),
    }


def _section(file: str, name: str) -> str:
    """A section of a Markdown file of the repository, with its heading; links to other files are words."""
    text = (ROOT / file).read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(name)}\n.*?(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, f"{file} has no section {name}"
    return _ELSEWHERE.sub(r"\1", found[0])


def _commands() -> str:
    """What every command says of itself."""
    import click

    from analysis.commands.app import app

    root = click.Context(app, info_name="analysis", max_content_width=100)
    helps = [f"```\n{app.get_help(root)}\n```\n"]
    for name, command in app.commands.items():
        own = click.Context(command, info_name=name, parent=root, max_content_width=100)
        helps.append(f"## `analysis {name}`\n\n```\n{command.get_help(own)}\n```\n")
    return "# What are the commands?\n\n" + "\n".join(helps)


def _python() -> str:
    """What the public names say of themselves."""
    import analysis

    told = ["# What is there in Python?\n"]
    for name in analysis.__all__:
        one = getattr(analysis, name)
        signature = str(inspect.signature(one)) if callable(one) else ""
        told.append(f"## `analysis.{name}`\n\n```\n{name}{signature}\n\n{inspect.getdoc(one)}\n```\n")
    return "\n".join(told)


def _tables() -> str:
    from analysis.schema import TABLES
    from analysis.writing.codebook import TITLES, columns

    told = ["# What do the tables hold?\n"]
    for name in TABLES:
        rows = [
            {
                "column": one.name,
                "dtype": one.dtype,
                "means": one.meaning,
                "holds": one.example,
                "one of": ", ".join(one.words),
            }
            for one in columns(name)
        ]
        told.append(f"## `{name}`\n\n{TITLES[name]}.\n\n{_table(rows)}\n")
    return "\n".join(told)


def _indicators() -> str:
    from analysis.lexicon import rows

    said = "An indicator makes figures of several reports comparable, whatever words they use.\n"
    return f"# Which indicators are known?\n\n{said}\n{_table(rows('indicators/indicators'))}\n"


def _vocabulary() -> str:
    """Every data file: what it holds, as its README says, and its rows."""
    from analysis.lexicon import rows

    readme = (ROOT / "analysis" / "data" / "README.md").read_text(encoding="utf-8")
    said = re.findall(r"^\| `([\w/]+)\.csv` \| (.+) \| (.+) \|$", readme, re.MULTILINE)
    intro = readme.partition("\n| file |")[0].partition("\n")[2]
    told = [f"# What does it know about words?\n\n{intro}"]
    for name, holds, read_by in sorted(said):
        found = rows(name)
        more = f" The first {MOST:,} of {len(found):,} rows:" if len(found) > MOST else f" {len(found):,} rows:"
        means = holds.replace("\\|", "|")
        told.append(f"## `{name}`\n\nA row is {means}. Read by {read_by}.{more}\n\n{_table(found[:MOST])}\n")
    return "\n".join(told)


def _hints() -> str:
    from analysis.lexicon import rows

    said = (
        "What a report is about (its place, its year, its period) is decided by hints, each with a weight: the one "
        "with most of it wins, unless the next has nearly as much. `print(report.frame)` tells which decided.\n"
    )
    parts: dict[str, list[Mapping[str, str]]] = {}
    for row in rows("frame/hints"):
        parts.setdefault(row["decides"], []).append(row)
    told = [f"## Hints on the {name}\n\n{_table(own)}\n" for name, own in parts.items()]
    return "\n".join(["# How is it decided what a report is about?\n", said, *told])


def _adding() -> str:
    names = re.findall(r"^## (.*changes.*)$", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE)
    return (
        f"# How is something added?\n\n{_section('CONTRIBUTING.md', names[0])}\n{_section('CONTRIBUTING.md', 'Cases')}"
    )


def _security() -> str:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    return _ELSEWHERE.sub(r"\1", text.replace("# Security\n", "# What can hostile input not do?\n", 1))


def _table(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as an HTML table that pages can sort and search."""

    def line(tag: str, cells: Iterable[str]) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(' '.join(cell.split()))}</{tag}>" for cell in cells) + "</tr>"

    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in rows[0])
    body = "\n".join(line("td", row.values()) for row in rows)
    return f'<table class="data">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>\n'


def build(to: Path) -> list[Path]:
    """Write the documentation into a folder; the paths of its pages.

    Raises:
        CellExecutionError: a tutorial fails.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbformat.v4 import new_markdown_cell, new_notebook

    from analysis.pages.base import neighbours
    from analysis.pages.notebook import ReportExporter, question
    from analysis.progressbar import QUIET

    os.environ[QUIET] = "1"  # pages show no bars for those who wait
    books = {}
    for path in sorted(TUTORIALS.glob("*.ipynb")):
        books[path.stem] = nbformat.read(path, as_version=4)
        where = {"metadata": {"path": str(path.parent)}}
        NotebookClient(books[path.stem], timeout=600, resources=where, extra_arguments=QUIETLY).execute()
    for name, text in pages().items():
        books[name] = new_notebook(cells=[new_markdown_cell(text)])
    titles = [(f"{name}.html", question(book)) for name, book in books.items()]
    listed = "\n".join(f"- [{title}]({name})" for name, title in titles)
    index = f"# Targets and results: documentation\n\n{listed}\n"
    books["index"] = new_notebook(cells=[new_markdown_cell(index)])
    to.mkdir(parents=True, exist_ok=True)
    exporter, written = ReportExporter(), []
    for (name, book), beside in zip(books.items(), [*neighbours(titles), []], strict=True):
        exporter.neighbours = beside
        text, _ = exporter.from_notebook_node(book, {"metadata": {"name": name}})
        written.append(to / f"{name}.html")
        shown = text.replace('id="show-code"', 'id="show-code" checked', 1)  # a tutorial is its code
        written[-1].write_text(shown, encoding="utf-8")
    return written


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--to", type=Path, default=Path("docs"))
    print(build(parser.parse_args().to)[-1])
