"""Revisions of real repositories, read as they are and without touching anything."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from evalc.analysis.compilation import compile_loaded
from evalc.api.catalogs import CatalogFolder, compile_catalog
from evalc.api.reviews import Reviewed, review_specs
from evalc.base.reading import ReadProblem
from evalc.diff.compare import compare
from evalc.diff.review import review
from evalc.history.errors import MissingObject, NoRepository
from evalc.history.git import Repository
from evalc.history.sides import Range, open_sides, read_range
from tests.histories.script import START, History
from tests.text_cases import read_sections

CASES = sorted((Path(__file__).parents[1] / "cases" / "histories").glob("*.txt"))


@pytest.fixture
def history(tmp_path: Path) -> History:
    """A repository with one commit."""
    begun = History(tmp_path / "work")
    begun.begin()
    return begun


_ROWS = """use "vendor.evalc"

eval rows: Rows
  for: shop
  category: Support
  version: 1.0.0
  severity: low

case b: B
  each:
    | id | form  |
    | x  | order |
  input:
    Say {{form}}.
  must fit schema "{{form}}.json" as fits
"""


class Doubter(History):
    """A history that compares all specs, too, wherever only those that can differ are compared."""

    def review(self, words: list[str]) -> Reviewed:
        found = super().review(words)
        with open_sides(read_range(words), self.root / "specs") as sides:
            whole = [compile_loaded(side.loader, prefix="specs") for side in sides]
        if not found.findings.has_errors:
            expected = compare(whole[0].catalog, whole[1].catalog)
            changes = [change.model_copy(update={"acceptance": None}) for change in found.review.changes]

            # Comments are no part of a catalog.
            assert [*expected] == [change for change in changes if not change.kind.startswith("suppression-")]
        return found


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_what_is_not_compiled_changes_nothing(case: Path, tmp_path: Path) -> None:
    """A spec that is left out because it names no file that differs must not be one that means something else now."""
    history = Doubter(tmp_path / "work")
    history.begin()
    script = read_sections(case.read_text(encoding="utf-8"))["script"]

    assert [*history.run(script)]


def test_a_file_that_only_a_row_names_is_looked_for_too(history: History) -> None:
    """A path that is put together from a cell has no name in the spec."""
    spec = history.root / "specs" / "shop" / "rows.evalc"
    spec.write_text(_ROWS, encoding="utf-8")
    history.commit()
    (history.root / "specs" / "shop" / "order.json").write_text('{"type": "array"}', encoding="utf-8")
    history.commit()
    found = Doubter(history.root).review(["HEAD~1..HEAD"])
    subjects = [change.subject.id for change in found.review.changes]

    assert ["shop/orders/from-a-letter#fit-schema-order-json", "shop/rows/b/x#fits"] == subjects


def test_nothing_is_written_and_no_hook_or_filter_runs(history: History) -> None:
    """A pull request may bring attributes, and a clone may have drivers for them."""
    trap = history.root / "trap"
    for name in ("filter.trap.smudge", "filter.trap.clean", "diff.trap.textconv", "core.fsmonitor", "core.pager"):
        history.git("config", name, f"touch {trap}")
    (history.root / ".gitattributes").write_text("*.evalc filter=trap diff=trap\n", encoding="utf-8")
    before = _files(history.root)
    found = history.review(["HEAD"])

    assert () == found.review.changes
    assert before == _files(history.root)


def test_a_clone_without_files_is_not_filled_up(history: History, tmp_path: Path) -> None:
    """`evalc diff` uses no network, so a blob that the clone left at its origin is missing, and said to be."""
    history.git("config", "uploadpack.allowFilter", "true")
    history.change_files("move", ["specs/shop/desk.evalc", "specs/shop/counter.evalc"])
    (history.root / "specs" / "shop" / "counter.evalc").write_text("eval counter: Counter\n", encoding="utf-8")
    history.commit()
    clone = tmp_path / "clone"
    history.git("clone", "--quiet", "--filter=blob:none", history.root.as_uri(), str(clone))
    with pytest.raises(MissingObject, match=r"shop/desk\.evalc is not in this clone"):
        review_specs(["HEAD~1..HEAD"], CatalogFolder(root=clone / "specs", prefix="specs"))


def test_repositories_of_the_other_kind_are_read(tmp_path: Path) -> None:
    """Ids of SHA-256 are longer, and those of the work tree have to be made alike."""
    history = History(tmp_path / "work")
    history.begin("--object-format=sha256")
    desk = history.root / "specs" / "shop" / "desk.evalc"
    desk.write_text(desk.read_text(encoding="utf-8").replace("<= 180", "<= 300"), encoding="utf-8")
    found = history.review([])

    assert ["check-loosened"] == [change.kind for change in found.review.changes]


def test_a_linked_work_tree_is_read(history: History, tmp_path: Path) -> None:
    """In a linked work tree `.git` is a file."""
    linked = tmp_path / "linked"
    history.git("worktree", "add", "--quiet", str(linked), "-b", "topic")
    found = review_specs(["main"], CatalogFolder(root=linked / "specs", prefix="specs"))

    assert ("the work tree", ()) == (found.review.head, found.review.changes)


def test_a_folder_outside_of_a_repository_says_so(tmp_path: Path) -> None:
    """Git says "fatal: not a git repository", and folders can be compared all the same."""
    with pytest.raises(NoRepository, match="compare folders instead"):
        review_specs(["main"], CatalogFolder(root=tmp_path, prefix=""))


def test_two_folders_are_compared_without_git(tmp_path: Path) -> None:
    """A release that was unpacked somewhere has no history."""
    before, after = (History(tmp_path / name) for name in ("before", "after"))
    for side in (before, after):
        side.copy_files()
    after.current = after.root / "specs" / "shop" / "desk.evalc"
    after.edit(("-   must have words <= 180 as is-short", "+   must have words <= 90 as is-short"), everywhere=False)
    words = [str(before.root / "specs"), str(after.root / "specs")]
    found = review_specs(words, CatalogFolder(root=tmp_path / "nowhere", prefix="specs"))

    assert ["check-tightened"] == [change.kind for change in found.review.changes]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], Range("HEAD", None)),
        (["main"], Range("main", None)),
        (["main..topic"], Range("main", "topic")),
        (["main...topic"], Range("main", "topic", from_ancestor=True)),
        (["main.."], Range("main", "HEAD")),
        (["..topic"], Range("HEAD", "topic")),
        (["main", "topic"], Range("main", "topic")),
        (["../other"], Range("../other", None)),
        (["v1.0..v1.1"], Range("v1.0", "v1.1")),
    ],
)
def test_ranges_read_as_git_reads_them(words: list[str], wanted: Range) -> None:
    """Who knows `git diff` need not learn another notation."""
    assert wanted == read_range(words)


def test_a_revision_reads_as_the_work_tree_that_it_was(history: History) -> None:
    """Whatever the loader of revisions does otherwise than that of folders would be a difference that nobody made."""
    with open_sides(Range("HEAD", None), history.root / "specs") as (base, head):
        assert [*base.loader.spec_paths()] == [*head.loader.spec_paths()]
        assert dict(base.ids) == dict(head.ids)
        for path in base.ids:
            assert base.loader.read_text(path, limit=10_000) == head.loader.read_text(path, limit=10_000)
        for side in (base, head):
            assert ["desk.evalc", "order.json"] == [*side.loader.names_in("shop")][:2]
            assert [] == [*side.loader.names_in("nowhere")]
            assert side.loader.has("shop/orders.csv")
            assert not side.loader.has("shop")
            with pytest.raises(ReadProblem, match="larger than 10 bytes"):
                side.loader.read_spec("shop/desk.evalc", limit=10)
            for path in ("../work/README", "shop/../shop/desk.evalc", "shop/none.evalc"):
                with pytest.raises(ReadProblem):
                    side.loader.read_text(path, limit=10_000)


def test_the_start_of_all_histories_is_sound() -> None:
    """A base with mistakes would hide what the histories show."""
    found = compile_catalog(CatalogFolder(root=START / "specs", prefix="specs"))
    nothing = review(found.catalog, found.catalog, base="a", head="a")

    assert [] == found.findings.items
    assert ((), ()) == (nothing.changes, nothing.reruns)


def test_git_is_asked_in_its_own_words(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    """A translated git, or one that is told to trace, must not change what is read."""
    monkeypatch.setenv("LANGUAGE", "de")
    monkeypatch.setenv("GIT_TRACE", "1")

    assert 40 == len(Repository.around(history.root).commit("main"))


def _files(root: Path) -> Mapping[str, bytes]:
    """Everything in a folder, with what git keeps for itself."""
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}
