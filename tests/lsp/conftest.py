"""A desk of its own for each test."""

from pathlib import Path

import pytest

from evalc.lsp.documents import Documents
from tests.lsp.desk import CAPITALS, LIBRARY, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder with a library and an eval, nothing open."""
    (tmp_path / "library.evalc").write_text(LIBRARY, encoding="utf-8")
    (tmp_path / "capitals.evalc").write_text(CAPITALS, encoding="utf-8")
    return Desk(tmp_path, Documents())
