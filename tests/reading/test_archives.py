"""Archives and documents that were made to do harm: bounded, never unpacked onto the disk, nothing fetched."""

from __future__ import annotations

import io
import socket
import zipfile
from pathlib import Path

import pytest

import analysis
from analysis.reading import archives
from analysis.reading.archives import Bounds, members
from analysis.reading.formats import LARGEST, Unreadable
from tests.reading.mixed import excel, nested, packed, page_article, sentence, word

SECRET = "It admitted 4711 members."


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to reach another machine fails the test."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def with_entity(document: bytes, part: str, target: Path) -> bytes:
    """An office file, in a part of which an external entity names a file."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == part:
                head, _, rest = content.decode().partition("?>")
                root = rest.lstrip()[1:].split()[0]
                entity = f'<!DOCTYPE {root} [<!ENTITY secret SYSTEM "{target.as_uri()}">]>'
                content = f"{head}?>{entity}{rest.replace('MARK', '&secret;')}".encode()
            new.writestr(info, content)
    return made.getvalue()


def with_laughs(document: bytes, part: str) -> bytes:
    """An office file, in a part of which entities multiply."""
    made = io.BytesIO()
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == part:
                head, _, rest = content.decode().partition("?>")
                root = rest.lstrip()[1:].split()[0]
                content = (
                    f'{head}?><!DOCTYPE {root} [<!ENTITY a0 "ha">{levels}]>{rest.replace("MARK", "&a11;")}'.encode()
                )
            new.writestr(info, content)
    return made.getvalue()


OFFICE = {
    "a.docx": (word(["It admitted 9 members. MARK"]), "word/document.xml"),
    "a.xlsx": (excel(Sheet1=[("Text", "Title"), ("It admitted 9 members. MARK", "A year")]), "xl/sharedStrings.xml"),
}


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("name", OFFICE)
def test_no_external_entity_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    target = tmp_path / "secret" / "secret.txt"
    target.write_text(SECRET, encoding="utf-8")
    (tmp_path / name).write_bytes(with_entity(*OFFICE[name], target))
    reports = analysis.read(tmp_path / name)
    assert "4711" not in "".join(report.text for report in reports)


@pytest.mark.parametrize("name", OFFICE)
def test_entities_do_not_multiply(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(with_laughs(*OFFICE[name]))
    reports = analysis.read(tmp_path / name)
    assert sum(len(report.text) for report in reports) < 1000


@pytest.mark.usefixtures("offline")
def test_nothing_of_a_page_is_fetched(tmp_path: Path) -> None:
    page = page_article(12).replace(
        "<article>", '<article><img src="http://198.51.100.1/a.png"><iframe src="//x.example"></iframe>'
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert [report.id for report in analysis.read(tmp_path)] == ["a"]


def test_nothing_of_an_archive_gets_onto_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    names = ["../out.txt", "/out.txt", "C:\\out.txt", "a/../../out.txt", "..\\out.txt"]
    (folder / "a.zip").write_bytes(packed({**dict.fromkeys(names, SECRET), "in.txt": sentence(9)}))
    reports = analysis.read(folder)
    assert [report.id for report in reports] == ["in"]
    assert len(reports.failed) == len(names)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "reports"]


def test_archives_in_archives_have_an_end(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(nested(2, packed({"in.txt": sentence(9)})))
    (tmp_path / "b.zip").write_bytes(nested(3, packed({"in.txt": sentence(8)})))
    reports = analysis.read(tmp_path)
    assert [str(report.path).partition(".zip")[0][-1] for report in reports] == ["a"]
    assert [failure.name for failure in reports.failed] == ["b.zip/inner.zip/inner.zip/inner.zip"]


def test_archives_together_are_bounded_in_files_and_bytes() -> None:
    data = packed({f"{n}.txt": str(n) * 100 for n in range(5)})
    held = list(members(data, Bounds(files=2)))
    assert [isinstance(content, bytes) for _, content in held] == [True, True, False, False, False]
    held = list(members(data, Bounds(size=250)))
    assert [isinstance(content, bytes) for _, content in held] == [True, True, False, False, False]


def test_a_size_that_is_a_lie_is_not_believed() -> None:
    """The head says 10 bytes, the content is a million: no more than what was said is unpacked."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\0" * 1_000_000)
    data = made.getvalue().replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    ((_, content),) = members(data, Bounds())
    assert isinstance(content, Unreadable)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_a_document_is_bounded_unpacked(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a/>" * 2_000_000)
    (tmp_path / name).write_bytes(made.getvalue())
    (failure,) = analysis.read(tmp_path).failed
    assert "a bomb rather than a file" in failure.reason
    monkeypatch.setattr(archives, "_RATIO", 10**9)
    monkeypatch.setattr(archives, "LARGEST", 1000)
    (failure,) = analysis.read(tmp_path).failed
    assert "bytes unpacked" in failure.reason


def test_a_document_beyond_the_bound_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "a.pdf").open("wb") as file:
        file.truncate(LARGEST + 1)
    (failure,) = analysis.read(tmp_path).failed
    assert failure.reason == f"has {LARGEST + 1:,} bytes; documents of up to {LARGEST:,} are read."


def test_a_locked_archive_is_told(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": sentence(9)}))
    for at in (data.find(b"PK\x03\x04") + 6, data.find(b"PK\x01\x02") + 8):
        data[at] |= 1
    (tmp_path / "a.zip").write_bytes(bytes(data))
    (failure,) = analysis.read(tmp_path).failed
    assert failure.told == "a.zip/a.txt is locked by a password."


def test_settings_in_an_archive_are_told_and_those_beside_it_hold(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"one.txt": sentence(9), "reports.toml": "", "README.md": "x"}))
    (tmp_path / "reports.toml").write_text('[[report]]\nfile = "a.zip/one.txt"\nsource = "A paper"\n', encoding="utf-8")
    reports = analysis.read(tmp_path)
    assert [report.source for report in reports] == ["A paper"]
    assert [failure.told for failure in reports.failed] == ["a.zip/reports.toml is read beside an archive, not in it."]


def test_a_failure_inside_a_reader_loses_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: bytes) -> None:
        raise MemoryError

    monkeypatch.setattr("analysis.reading.markdown.read", fail)
    (tmp_path / "a.md").write_text("It has 9 members.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("It has 8 members.", encoding="utf-8")
    reports = analysis.read(tmp_path)
    assert [report.id for report in reports] == ["b"]
    assert "MemoryError" in reports.failed[0].reason


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It has 9 members.", encoding="utf-8")
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    reports = analysis.read(tmp_path)
    assert [report.id for report in reports] == ["a"]
    assert [failure.told for failure in reports.failed] == ["round is a link to a folder, and is not followed."]
