"""Files of every kind, as people have them: each with a figure of its own, so that one knows where it was read."""

from __future__ import annotations

import email.message
import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import docx
import matplotlib.pyplot as plt
import openpyxl
from matplotlib.backends.backend_pdf import PdfPages

Table = Sequence[Sequence[str]]

VIETNAMESE = (
    "Năm 2023, huyện An Xá kết nạp 41 đảng viên mới, đạt 102,5% kế hoạch tỉnh giao. Thu ngân sách trên địa bàn đạt "
    "408 tỷ đồng, bằng 105% dự toán, tăng 4% so với cùng kỳ năm trước."
)
RELEASE = " ".join(
    f"In hamlet {name} of the commune, {number} families have joined the {what} group since {month} 2023."
    for number, (name, what, month) in enumerate(
        [
            *(
                ("Dong", "fishing", "May"),
                ("Tay", "weaving", "June"),
                ("Nam", "tea", "July"),
                ("Bac", "saving", "April"),
            ),
            *(
                ("Thuong", "choir", "March"),
                ("Ha", "bee", "August"),
                ("Trung", "fruit", "May"),
                ("Moi", "reading", "June"),
            ),
        ],
        start=31,
    )
)


def sentence(number: int, name: str = "An Xa") -> str:
    """A report of one figure that counts."""
    return f"Review of {name} district in 2023\n\nThe district admitted {number} new Party members in 2023.\n"


def results(number: int) -> Table:
    """A table of results, with numbers that follow from one."""
    return (
        ("No.", "Indicator", "Unit", "Plan 2023", "Result 2023", "Result/plan (%)"),
        ("1", "New houses for poor families", "houses", "200", str(2 * number), str(number)),
        ("2", "Concrete roads", "km", "50", str(number / 2), str(number)),
    )


def encoded_1258(text: str) -> bytes:
    """Text as the old Vietnamese encoding of Windows has it: letters with their tone behind them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        out += (base + "".join(part for part in parts if part in tones)).encode("cp1258")
    return out


def page_article(number: int) -> str:
    """A page with an article as newer sites have it."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Tan Lap commune looks back | Tan Lap News</title>
<meta property="og:title" content="Tan Lap commune looks back"><meta property="og:site_name" content="Tan Lap News">
<meta property="article:published_time" content="2023-12-28T08:00:00+07:00">
<link rel="canonical" href="https://news.example/tan-lap/1"><script>var visits = 5551;</script></head><body>
<nav><ul><li><a href="/1">Politics 5552</a></li><li><a href="/2">Society 5553</a></li></ul></nav>
<article><h1>Tan Lap commune looks back</h1>
<p>The commune of Tan Lap admitted {number} new Party members in 2023, said its secretary at the meeting that closed the
year, and thanked all who had taken part in the work.</p>
<p>Farmers of the commune have changed to fruit on the slopes and to fish in the ponds, which the meeting praised, and
the school got a new roof before the rains came.</p>
{_html_table(results(number))}
<p>For next year the commune wants to mend the bridge to the market, so that the children need not wade.</p></article>
<aside><h3>Related news</h3><ul><li><a href="/3">Binh An admits 5554 members</a></li>
<li><a href="/4">Hoa Loi builds 5555 houses</a></li></ul></aside>
<section id="comments"><h3>Comments</h3><div class="comment"><p>I counted 5556 houses myself.</p></div></section>
<footer><p>Licence 5557/GP. Hotline 5558. Copyright 2026 Tan Lap News.</p></footer></body></html>"""


def page_divs(number: int) -> str:
    """A page of divisions, as sites of ten years ago have it, its date beside the title."""
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>Hoa Loi keeps its word</title></head><body><div id="top"><div class="menu"><a href="/">Home</a>
<a href="/a">Economy (5561)</a><a href="/b">Culture (5562)</a></div></div>
<div class="container"><div class="content-detail"><h1 class="title">Hoa Loi keeps its word</h1>
<div class="date">28/12/2023</div>
<div class="detail-body"><p>The ward of Hoa Loi admitted {number} new Party members in 2023, more than in any year
before, as its committee told the residents on Thursday evening.</p>
<p>The residents asked about the drains along the river, about lamps in the lanes behind the market, and about the
library, which opens on three days of the week only.</p>
<p>The committee promised to answer in writing before the end of January and to put the answers up at the gate.</p>
</div></div><div class="sidebar"><h4>Most read</h4><ul><li><a href="/c">5563 trees planted in Binh An</a></li>
<li><a href="/d">5564 jobs in Tan Lap</a></li></ul></div></div>
<div class="footer">Visitors: 5565. Total: 5566.</div></body></html>"""


def page_tables(number: int) -> bytes:
    """A page laid out with tables, in the encoding that it declares."""
    text = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1258">
<title>Cổng thông tin: Binh An</title></head><body><table width="100%"><tr><td colspan="2"><a href="/">Home</a> |
<a href="/x">Documents (5571)</a></td></tr><tr><td width="20%"><ul><li><a href="/m">News 5572</a></li></ul></td>
<td><div class="news"><h2>Binh An reports on the year</h2>
<p>The commune of Binh An, in the hills above Hà Tĩnh, admitted {number} new Party members in 2023, its chairwoman wrote
in the report that she read to the council of the people.</p>
<p>She named the dry spring and the late harvest as what made the year hard, and the new well in the upper hamlet as
what made it easier for many.</p>
<p>The council agreed with the report after two hours, and asked for the accounts of the market by the end of March.</p>
</div></td></tr></table></body></html>"""
    return encoded_1258(text)


def mhtml(page: str, address: str) -> bytes:
    """A page saved as one file."""
    message = email.message.EmailMessage()
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = address
    message.set_content(page, subtype="html", cte="quoted-printable")
    message.add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid="<picture>")
    message.replace_header("Content-Type", 'multipart/related; type="text/html"; boundary="b0undary"')
    return message.as_bytes()


def pdf(pages: Iterable[Sequence[str] | None], table: Table = ()) -> bytes:
    """A PDF of pages of lines, the first with a table; None makes a page that is a picture."""
    made = io.BytesIO()
    with plt.rc_context({"pdf.fonttype": 42}), PdfPages(made, metadata={"CreationDate": None}) as out:
        for lines in pages:
            figure = plt.figure(figsize=(8.3, 11.7))
            if lines is None:
                axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
                axes.imshow([[0, 1], [1, 0]])
                axes.axis("off")
            for n, line in enumerate(lines or ()):
                figure.text(0.08, 0.94 - 0.022 * n, line, fontsize=10)
            if table:
                axes = figure.add_axes((0.08, 0.3, 0.84, 0.3))
                axes.axis("off")
                axes.table(table, loc="center", cellLoc="left")
                table = ()
            out.savefig(figure)
            plt.close(figure)
    return made.getvalue()


def in_columns(title: str, *columns: Sequence[str]) -> bytes:
    """A PDF of a page with columns of lines below a title that goes across them."""
    made, width = io.BytesIO(), 0.86 / len(columns)
    with plt.rc_context({"pdf.fonttype": 42}), PdfPages(made, metadata={"CreationDate": None}) as out:
        figure = plt.figure(figsize=(8.3, 11.7))
        figure.text(0.08, 0.94, title, fontsize=16)
        for n, lines in enumerate(columns):
            for m, line in enumerate(lines):
                figure.text(0.08 + n * width, 0.88 - 0.018 * m, line, fontsize=9)
        out.savefig(figure)
        plt.close(figure)
    return made.getvalue()


def word(paragraphs: Iterable[str], items: Iterable[str] = (), table: Table = ()) -> bytes:
    """A Word file of paragraphs, list items and a table."""
    made, document = io.BytesIO(), docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    for item in items:
        document.add_paragraph(item, style="List Bullet")
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.save(made)
    return made.getvalue()


def excel(**sheets: Sequence[Sequence[object]]) -> bytes:
    """An Excel workbook of sheets."""
    made, book = io.BytesIO(), openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, float) and cell.value < 2:
                    cell.number_format = "0%"
    book.save(made)
    return made.getvalue()


def packed(files: Mapping[str, bytes | str]) -> bytes:
    """A zip archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def nested(depth: int, content: bytes) -> bytes:
    """An archive in an archive, and so on."""
    for _ in range(depth):
        content = packed({"inner.zip": content})
    return content


def _html_table(table: Table) -> str:
    head, *body = ("".join(f"<td>{cell}</td>" for cell in row) for row in table)
    return f"<table><tr>{head.replace('td>', 'th>')}</tr>{''.join(f'<tr>{row}</tr>' for row in body)}</table>"


PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x05\0\0\0\x05\x08\x02\0\0\0" + bytes(range(200, 256)) * 3

READ: dict[str, tuple[int, Callable[[int], bytes]]] = {
    "plain.txt": (101, lambda n: sentence(n).encode()),
    "CAPITALS.TXT": (102, lambda n: sentence(n).encode()),
    "utf16.txt": (103, lambda n: sentence(n, "Đắk Xa").encode("utf-16")),
    "utf16 without a mark.txt": (104, lambda n: sentence(n).encode("utf-16-le")),
    "windows 1258.txt": (105, lambda n: encoded_1258(sentence(n, "Bà Xịa") + "It thanked Hà Tĩnh and Đồng Nai.")),
    "decomposed.txt": (106, lambda n: unicodedata.normalize("NFD", sentence(n, "Tĩnh Xá")).encode()),
    "line ends.txt": (107, lambda n: sentence(n).replace("\n", "\r\n").encode()),
    "windows 1252.txt": (108, lambda n: (sentence(n) + "“Well done” – said a café.").encode("cp1252")),
    "with a mark.txt": (109, lambda n: sentence(n).encode("utf-8-sig")),
    "notes.md": (111, lambda n: sentence(n).replace("Review", "# Review").replace(str(n), f"**{n}**").encode()),
    "article.html": (121, lambda n: page_article(n).encode()),
    "divisions.htm": (122, lambda n: page_divs(n).encode()),
    "LAYOUT.HTML": (123, page_tables),
    "one file.mhtml": (124, lambda n: mhtml(page_divs(n).replace("Hoa Loi", "Moc Lan"), "https://moclan.example/2")),
    "text.pdf": (131, lambda n: pdf([sentence(n).splitlines(), ["It thanked all."]], results(n))),
    "half scanned.pdf": (132, lambda n: pdf([sentence(n).splitlines(), None])),
    "report.docx": (141, lambda n: word(sentence(n).split("\n\n"), ["Build 12 wells;"], results(n))),
    "results.xlsx": (
        151,
        lambda n: excel(Sheet1=[("Indicator", "Plan", "Result", "%"), ("New members", 100, n, 1.51)]),
    ),
    "reports.csv": (152, lambda n: f'date;title;content\n2023-12-28;A year;"{sentence(n)}"\n'.encode()),
    "results.csv": (153, lambda n: f"indicator,plan,achieved\nNew Party members,140,{n}\n".encode()),
    "more/deep/deeper.txt": (161, lambda n: sentence(n).encode()),
    "archive.zip": (171, lambda n: packed({"year/inside.txt": sentence(n)})),
    "archive in archive.zip": (172, lambda n: packed({"second.zip": packed({"third.txt": sentence(n)})})),
    "paper one.txt": (181, lambda n: f"{sentence(n)}\n{RELEASE}\n".encode()),
    "paper two.txt": (182, lambda n: f"{sentence(n, 'Our readers write from An Xa')}\n{RELEASE}\n".encode()),
}
"""Files that can be read: the figure of each, and what makes it."""

NOT_READ: dict[str, tuple[str, bytes]] = {
    "empty.txt": ("is empty", b""),
    "blank.txt": ("is empty", b" \n\n"),
    "a picture.txt": ("is no text, whatever its name says", PICTURE),
    "picture.jpg": ("is of no format that is read (.jpg)", PICTURE),
    "old.doc": ("is of no format that is read (.doc)", b"\xd0\xcf\x11\xe0"),
    "scanned.pdf": ("is scanned: 2 pages without text", pdf([None, None])),
    "truncated.pdf": ("is damaged", pdf([["It has 9 members."]])[:700]),
    "damaged.docx": ("is not what its name says, or damaged", word(["It has 9 members."])[:900]),
    "no report.xlsx": (
        "holds no report: the sheet Sheet1, which has no column of texts",
        excel(Sheet1=[("Name", "Age"), ("An", 41), ("Binh", 42)]),
    ),
    "no report.csv": ("has no column of texts", b"name,age\nAn,41\nBinh,42\n"),
    "menu.html": ("no article was found", b"<html><body><nav><a href='/'>Home</a></nav></body></html>"),
    "damaged.zip": ("is no zip archive, or a damaged one", packed({"a.txt": sentence(9)})[:60]),
    "bomb.zip/zeros.txt": ("a bomb rather than a file", packed({"zeros.txt": b"\0" * 5_000_000})),
    "outside.zip/../outside.txt": ("leads out of the archive", packed({"../outside.txt": b"It has 9 members."})),
    "deep.zip/inner.zip/inner.zip/inner.zip": ("archives are read 3 deep", nested(4, b"")),
    "more/same.txt": ("holds the same text as", sentence(101).encode()),
    "vietnamese.txt": ("is in Vietnamese", VIETNAMESE.encode()),
}
"""Files that cannot be read: why, and what they hold; of an archive, the file in it that is told."""

PASSED_OVER = ("README.md", ".DS_Store", "~$report.docx", "article_files/style.css", "article_files/advert.html")
"""Files that no one would miss."""


def write_mixed(folder: Path) -> Path:
    """Write all these files into a folder."""
    files = {name: make(number) for name, (number, make) in READ.items()}
    files |= {name.partition(".zip/")[0] + ".zip" * (".zip/" in name): data for name, (_, data) in NOT_READ.items()}
    files |= dict.fromkeys(PASSED_OVER, b"It has 9 members.")
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder
