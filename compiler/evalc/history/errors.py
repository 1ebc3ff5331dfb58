"""Why a revision cannot be read."""


class HistoryError(Exception):
    """A revision cannot be read; the message says what there is and what to do."""


class NoGit(HistoryError):
    """There is no git on this machine."""

    def __init__(self) -> None:
        super().__init__("there is no `git` on the path, and revisions are read with it; compare folders instead")


class NoRepository(HistoryError):
    """A folder is in no repository that git reads."""

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(f"{folder} is in no repository that git reads ({reason}); compare folders instead")


class NoSuchRevision(HistoryError):
    """A word names no commit."""

    def __init__(self, name: str, *, near: str, is_shallow: bool) -> None:
        found = f"there is no revision `{name}`, and no folder of that name with specs in it"
        hint = f"; did you mean `{near}`?" if near else ""
        shallow = "; this clone is shallow and lacks older commits: `git fetch --unshallow` gets them"
        super().__init__(found + hint + (shallow if is_shallow else ""))


class NoCommonAncestor(HistoryError):
    """Two commits have no ancestor in common, as far as this clone reaches."""

    def __init__(self, base: str, head: str, *, is_shallow: bool) -> None:
        reason = "this clone is shallow: `git fetch --unshallow` gets older commits" if is_shallow else "compare `..`"
        super().__init__(f"`{base}` and `{head}` have no common ancestor here; {reason}")


class MissingObject(HistoryError):
    """A file of a revision is not in this clone."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is not in this clone, which was made without all files; nothing is fetched unasked")


class GitFailed(HistoryError):
    """Git stopped for another reason, which is its own last line."""

    def __init__(self, words: str) -> None:
        super().__init__(f"git stopped: {words}")
