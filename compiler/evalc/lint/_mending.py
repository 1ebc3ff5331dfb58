"""Specs mended by the safe fixes of all that is found in them, and looked at again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalc.analysis.compilation import Compilation, compile_loaded
from evalc.analysis.loader import Loader, MemoryLoader, OverlayLoader
from evalc.base.diagnostic import Findings
from evalc.lint._fixes import fixed, safe_fixes
from evalc.lint._linting import lint
from evalc.model.settings import LintLevel

# A fix may uncover what it hid, and of fixes that touch each other one waits.
_MOST_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Mended:
    """Specs after their fixes, and what is still to be found in them.

    `texts` are the new texts of those that were mended, by path, `originals` the old ones, and `counts` tells how many
    fixes each took.
    """

    compilation: Compilation
    findings: Findings
    texts: Mapping[str, str]
    originals: Mapping[str, str]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Look:
    """What the specs with some texts mean, and all that is found in them."""

    compilation: Compilation
    findings: Findings

    def errors(self) -> Counter[str]:
        """How many errors each source has."""
        return Counter(found.source.name for found in self.findings if found.level == "error")


def mend(loader: Loader, paths: Sequence[str] | None, *, prefix: str, levels: Mapping[str, LintLevel]) -> Mended:
    """The specs of a catalog with every safe fix in them, as texts; nothing is written.

    A spec in which fixes would lead to more errors than it had keeps its text.
    """
    originals: dict[str, str] = {}
    texts: dict[str, str] = {}
    counts: Counter[str] = Counter()
    kept: set[str] = set()
    look = _look(loader, texts, paths, prefix=prefix, levels=levels)
    for _ in range(_MOST_ROUNDS):
        sources = look.compilation.sources
        fixes = safe_fixes(look.findings)
        wanted = {path: fixes[source.name] for path, source in sources.items() if source.name in fixes}
        wanted = {path: found for path, found in wanted.items() if path not in kept}
        if not wanted:
            break
        new = {path: fixed(sources[path].text, found) for path, found in wanted.items()}
        tried = _look(loader, texts | new, paths, prefix=prefix, levels=levels)
        worse = tried.errors() - look.errors()
        failed = {path for path in new if worse[sources[path].name]}
        if failed:
            kept |= failed
            continue
        originals = {path: sources[path].text for path in new} | originals
        counts.update({path: len(found) for path, found in wanted.items()})
        texts |= new
        look = tried
    return Mended(look.compilation, look.findings, texts, originals, counts)


def _look(
    loader: Loader,
    texts: Mapping[str, str],
    paths: Sequence[str] | None,
    *,
    prefix: str,
    levels: Mapping[str, LintLevel],
) -> _Look:
    compilation = compile_loaded(OverlayLoader(MemoryLoader(texts), loader), paths, prefix=prefix)
    findings = Findings([*compilation.findings, *lint(compilation, levels)])
    return _Look(compilation, findings)
