"""The readers that `make fuzz` looks at hold on bytes at hand, so that a slip in one of them shows before it is run."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.readers import READERS
from tests.house.modules import ROOT

SPECS = sorted((ROOT / "specs").rglob("*.evalc"))


@pytest.mark.parametrize("name", READERS)
@given(st.binary(max_size=200) | st.text("id,\n\"{}:[]ab \t|-#'", max_size=80).map(str.encode))
def test_any_bytes_are_read(name: str, content: bytes) -> None:
    """A reader that raises would leave an author with a traceback."""
    READERS[name](content)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_our_own_specs_are_read(path: Path) -> None:
    """What the fuzzer begins with has to hold in itself."""
    READERS["spec"](path.read_bytes())
