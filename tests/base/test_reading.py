"""Files of a checkout that somebody else made."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.base.reading import (
    DATA_LIMIT,
    SPEC_LIMIT,
    NoSuchFile,
    ReadProblem,
    file_names,
    is_file,
    read_bytes,
    read_lines,
    read_text,
    spec_paths,
)


def _reason(read: Callable[[], object]) -> str:
    with pytest.raises(ReadProblem) as caught:
        read()
    return caught.value.reason


def test_lines_of_a_spec_end_in_line_feeds(tmp_path: Path) -> None:
    """A file is the same spec whether it was checked out on Windows or not, and positions are those of editors."""
    (tmp_path / "a.evalc").write_bytes("\ufeffcase a: Ä\r\n  tags: x\rend\n".encode())

    assert "case a: Ä\n  tags: x\nend\n" == read_lines(tmp_path, "a.evalc")


def test_other_texts_are_kept_as_they_are(tmp_path: Path) -> None:
    """What must be byte-exact lies in a file, so its line ends are its own."""
    (tmp_path / "raw.txt").write_bytes(b"a\r\nb\r")

    assert "a\r\nb\r" == read_text(tmp_path, "raw.txt", limit=100)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"ab\xffcd", "byte 3 is not UTF-8"),
        (b"\xef\xbb\xbfab\xff", "byte 6 is not UTF-8"),
        (b"ab\xed\xa0\x80", "byte 3 is not UTF-8"),
        (b"ab\0c", "byte 3 is NUL, which no text holds"),
        ("case".encode("utf-16"), "it is UTF-16, and evalc reads UTF-8"),
        ("case".encode("utf-16-be"), "byte 1 is NUL, which no text holds"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(tmp_path: Path, content: bytes, reason: str) -> None:
    """Half of a damaged file must not become half of an eval."""
    (tmp_path / "a.evalc").write_bytes(content)

    assert reason == _reason(lambda: read_lines(tmp_path, "a.evalc"))


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    """A pull request cannot fill the memory of whoever checks it."""
    (tmp_path / "a.evalc").write_bytes(b"x" * (SPEC_LIMIT + 1))
    (tmp_path / "b.evalc").write_bytes(b"x" * SPEC_LIMIT)

    assert "it is larger than 1,048,576 bytes" == _reason(lambda: read_lines(tmp_path, "a.evalc"))
    assert SPEC_LIMIT == len(read_lines(tmp_path, "b.evalc"))


def test_a_size_is_what_was_read(tmp_path: Path) -> None:
    """A sparse file of a terabyte takes no room on the disk and would take it all in memory."""
    with (tmp_path / "data.csv").open("wb") as file:
        file.truncate(1 << 40)

    assert f"it is larger than {DATA_LIMIT:,} bytes" == _reason(lambda: read_bytes(tmp_path, "data.csv"))


@pytest.mark.parametrize(
    "path",
    [
        *("../out.evalc", "a/../../out.evalc", "/etc/passwd", "a//b", "./a", "a/.", "", "a\\b", "C:a", "a\0b", "nul"),
        *("a/", "COM1.txt", "a./b", "a /b", "x" * 2000, "/".join("a" * 100), "\ud800"),
    ],
)
def test_odd_paths_lead_nowhere(tmp_path: Path, path: str) -> None:
    """A path is plain names joined by `/`, so that it means the same file on every system, below the folder."""
    (tmp_path / "catalog").mkdir()
    (tmp_path / "out.evalc").write_text("secret")

    assert "path" in _reason(lambda: read_lines(tmp_path / "catalog", path))


@given(st.text(st.sampled_from("a./\\:~ \0é"), max_size=12))
def test_no_path_leaves_the_folder(path: str) -> None:
    """Whatever is made of dots and slashes, `/` and `..` of the folder are not read."""
    try:
        read_bytes(Path("/proc/self"), path)
    except ReadProblem:
        return

    assert not {"", ".."}.intersection(path.split("/"))


def test_links_are_not_followed(tmp_path: Path) -> None:
    """A link in a checkout can point at any file of whoever checks it, and a folder can be a link too."""
    (tmp_path / "secret.evalc").write_text("secret")
    root = tmp_path / "catalog"
    (root / "inner").mkdir(parents=True)
    (root / "file.evalc").symlink_to(tmp_path / "secret.evalc")
    (root / "folder").symlink_to(tmp_path)
    (root / "loop.evalc").symlink_to("loop.evalc")

    assert "a symbolic link leads to it" == _reason(lambda: read_lines(root, "file.evalc"))
    assert "a symbolic link leads to it" == _reason(lambda: read_lines(root, "folder/secret.evalc"))
    assert "a symbolic link leads to it" == _reason(lambda: read_lines(root, "loop.evalc"))
    assert () == spec_paths(root)
    assert () == file_names(root, "")


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    """Whoever starts evalc names the folder, and is trusted."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.evalc").write_text("x")
    (tmp_path / "link").symlink_to("real")

    assert ("a.evalc",) == spec_paths(tmp_path / "link")
    assert "x" == read_lines(tmp_path / "link", "a.evalc")


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    """A named pipe would wait for ever, and a folder has no text."""
    os.mkfifo(tmp_path / "pipe.evalc")
    (tmp_path / "folder.evalc").mkdir()

    assert "it is not a file" == _reason(lambda: read_lines(tmp_path, "pipe.evalc"))
    assert "it is not a file" == _reason(lambda: read_lines(tmp_path, "folder.evalc"))
    assert () == spec_paths(tmp_path)
    assert not is_file(tmp_path, "folder.evalc")


def test_a_missing_file_is_its_own_problem(tmp_path: Path) -> None:
    """The author of a path that leads to nothing is told so, not that something is odd about it."""
    (tmp_path / "a.evalc").write_text("x")

    for path in ("b.evalc", "no/b.evalc", "a.evalc/b"):
        with pytest.raises(NoSuchFile):
            read_lines(tmp_path, path)


def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    """The system's own word is passed on. Root may read everything, so there a name that is too long stands in."""
    name = "x" * 300

    assert "file name too long" == _reason(lambda: read_lines(tmp_path, name))


def test_specs_are_found_in_order(tmp_path: Path) -> None:
    """The order of a catalog does not depend on the disk; hidden folders belong to tools."""
    for path in ("b.evalc", "a/z.evalc", "a/.hidden/x.evalc", ".git/x.evalc", "a/b/c.evalc", "a/readme.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")

    assert ("a/b/c.evalc", "a/z.evalc", "b.evalc") == spec_paths(tmp_path)
    assert ("readme.md", "z.evalc") == file_names(tmp_path, "a")
    assert is_file(tmp_path, "a/readme.md")


def test_folders_without_end_are_refused(tmp_path: Path) -> None:
    """A checkout of folders in folders takes bounded time."""
    folder = tmp_path.joinpath(*["d"] * 70)
    folder.mkdir(parents=True)

    assert "it lies more than 64 folders deep" == _reason(lambda: spec_paths(tmp_path))


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    """A language server reads files all day."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.evalc").write_text("x")
    before = len(os.listdir("/proc/self/fd"))
    for path in ("a/b.evalc", "a/none", "a", "../x"):
        is_file(tmp_path, path)
    spec_paths(tmp_path)

    assert before == len(os.listdir("/proc/self/fd"))


def test_a_folder_swapped_for_a_link_on_the_way_is_refused(tmp_path: Path) -> None:
    """Parts are opened one in another, so whoever swaps one while it is read wins nothing."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").write_text("secret")
    root = tmp_path / "catalog"
    (root / "in").mkdir(parents=True)
    (root / "in" / "a.txt").write_text("open")
    stop = threading.Event()

    def swap() -> None:
        while not stop.is_set():
            (root / "in").rename(root / "kept")
            (root / "in").symlink_to(tmp_path / "out")
            (root / "in").unlink()
            (root / "kept").rename(root / "in")

    swapping = threading.Thread(target=swap)
    swapping.start()
    seen = set()
    try:
        for _ in range(500):
            try:
                seen.add(read_text(root, "in/a.txt", limit=100))
            except ReadProblem as problem:
                seen.add(problem.reason)
    finally:
        stop.set()
        swapping.join()

    assert "secret" not in seen
