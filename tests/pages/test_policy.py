"""The Content-Security-Policy allows what the theme brings, and nothing that came with text."""

from base64 import b64encode
from hashlib import sha256

from evalc.pages._policy import content_policy


def test_an_inline_script_of_the_theme_is_allowed_by_its_hash() -> None:
    """Material has a few; without them its palette does not work."""
    policy = content_policy("<head><script>var a = 1</script></head>")

    assert f"'sha256-{b64encode(sha256(b'var a = 1').digest()).decode()}'" in policy


def test_what_runs_nothing_or_lies_in_a_file_needs_no_hash() -> None:
    """A block of JSON is no script, and files of the site are allowed as such."""
    policy = content_policy('<script src="a.js"></script><script id="c" type="application/json">{}</script>')

    assert "sha256" not in policy


def test_nothing_from_elsewhere_is_allowed() -> None:
    """No directive names a host, and none allows inline styles, eval or frames."""
    directives = dict(part.strip().split(" ", 1) for part in content_policy("").split(";"))

    assert "'none'" == directives["default-src"]
    assert {"'none'", "'self'", "data:"} == {source for sources in directives.values() for source in sources.split()}
    assert "'self'" == directives["script-src"]
