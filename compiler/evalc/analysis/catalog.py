"""All files of a workspace as values of the model, each in the light of the names that it sees."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from evalc.analysis.files import FileReader, NeedKind
from evalc.analysis.kept import KeptPages, Need, Page
from evalc.analysis.lower.context import Context
from evalc.analysis.lower.evals import lower_eval
from evalc.analysis.lower.rubrics import lower_rubric
from evalc.analysis.lower.vendors import lower_vendor
from evalc.analysis.resolve import Declared, Key, Resolver, Scope, Seen
from evalc.analysis.uses import SpecFile, Workspace
from evalc.analysis.values.wording import Allowance, Lets
from evalc.base.record import record
from evalc.model.catalog import Eval, Rubric, Vendor
from evalc.syntax.tree import BlockDecl, LetDecl

# What is kept is one text, which of a huge eval would take as much memory as the eval.
_KEPT_CASES_AT_MOST = 10_000


@record
class LoweredCatalog:
    """What is declared by its key, vendors likewise, evals by the path of their file, and the keys that were needed."""

    declared: Collection[Key]
    vendors: Mapping[Key, Vendor]
    evals: Mapping[str, Eval]
    used: frozenset[Key]
    resolver: Resolver

    def declaration(self, key: Key) -> Declared:
        """Where something is declared."""
        path, kind, name = key
        return self.resolver.names_of(self.resolver.workspace.files[path])[kind, name]


def lower_catalog(workspace: Workspace, pages: KeptPages) -> LoweredCatalog:
    """What the files of a workspace mean; what is wrong stands in the findings of each file."""
    return _Lowering(workspace, pages, Resolver(workspace)).catalog()


@dataclass(slots=True)
class _Lowering:
    workspace: Workspace
    pages: KeptPages
    resolver: Resolver
    declared: dict[Key, Declared] = field(default_factory=dict)
    elsewhere: dict[tuple[str, str], str] = field(default_factory=dict)
    texts: dict[Key, str] = field(default_factory=dict)
    vendors: dict[Key, Vendor] = field(default_factory=dict)
    rubrics: dict[Key, Rubric] = field(default_factory=dict)

    def catalog(self) -> LoweredCatalog:
        """The whole catalog: names first, then what libraries hold, then the evals."""
        kept = {path: file.page for path, file in self.workspace.files.items() if file.page}
        fresh = {path: file for path, file in self.workspace.files.items() if not file.page}
        keys = self._declare(kept, fresh)
        scopes = self.resolver.scopes(fresh)
        self._read_lets()
        contexts = {path: self._context(file, scopes[path]) for path, file in fresh.items()}
        self._lower_libraries(contexts)
        evals = {path: page.eval for path, page in kept.items()}
        used = {key for page in kept.values() for key in page.used}
        for path, file in fresh.items():
            context = contexts[path]
            eval_ = lower_eval(file.tree, context)
            taken = {
                *self._keys(scopes[path], "rubric", context.graded_by),
                *self._keys(scopes[path], "let", context.lets.used),
            }
            used |= taken
            if eval_:
                evals[path] = eval_
                self._keep(file, eval_, taken)
        in_order = {path: evals[path] for path in self.workspace.files if path in evals}
        return LoweredCatalog(keys, self.vendors, in_order, frozenset(used), self.resolver)

    def _declare(self, kept: Mapping[str, Page], fresh: Mapping[str, SpecFile]) -> Collection[Key]:
        """The keys of all that is declared, in the order of the files."""
        keys: dict[Key, None] = {}
        for path in self.workspace.files:
            if path in kept:
                page = kept[path]
                self.vendors |= {(path, "vendor", vendor.name): vendor for vendor in page.vendors}
                names = page.declared
            else:
                found = self.resolver.names_of(fresh[path])
                self.declared |= {declared.key: declared for declared in found.values()}
                names = tuple(found)
            for kind, name in names:
                keys[path, kind, name] = None
                self.elsewhere.setdefault((kind, name), path)
        return keys

    def _keep(self, file: SpecFile, eval_: Eval, used: Iterable[Key]) -> None:
        """Keep what a file means, unless something was found in it or in what it uses."""
        reach = self.workspace.reach(file.path)
        if len(eval_.cases) > _KEPT_CASES_AT_MOST:
            return
        if file.reporter.findings or any(other.lost or other.reporter.findings.has_errors for other in reach):
            return
        store = self.pages.store
        needed: set[tuple[NeedKind, str]] = {("spec", other.path) for other in reach[1:]}
        needed.update(*(store.needed.get(other.path, ()) for other in reach))
        page = Page(
            eval=eval_,
            vendors=tuple(vendor for (path, _, _), vendor in self.vendors.items() if path == file.path),
            uses=tuple(file.uses),
            declared=tuple(self.resolver.names_of(file)),
            used=tuple(sorted(used)),
            needs=tuple(
                Need(kind=kind, path=path, digest=store.digest_of(kind, path)) for kind, path in sorted(needed)
            ),
        )
        self.pages.keep(file.path, file.reporter.source.text, page=page)

    def _keys(self, scope: Scope, kind: str, names: Iterable[str]) -> Iterator[Key]:
        return (found for found in (scope.key(kind, name) for name in names) if found)

    def _read_lets(self) -> None:
        for key, found in self.declared.items():
            if isinstance(found.decl, LetDecl):
                reader = FileReader(found.file.path, self.pages.store, found.file.reporter)
                text = reader.text(found.decl.file) if found.decl.file else found.decl.value.text
                self.texts[key] = text or ""

    def _context(self, file: SpecFile, scope: Scope) -> Context:
        return Context(
            path=file.path,
            reporter=file.reporter,
            files=FileReader(file.path, self.pages.store, file.reporter),
            lets=Lets(Seen(scope, "let", self.texts)),
            allowance=Allowance(file.reporter),
            rubrics=Seen(scope, "rubric", self.rubrics),
            damage=file.damage,
            declared=scope,
            elsewhere=self.elsewhere,
            sees_all=not any(used.lost for used in self.workspace.reach(file.path)),
        )

    def _lower_libraries(self, contexts: Mapping[str, Context]) -> None:
        for key, found in self.declared.items():
            context = contexts[found.file.path]
            if isinstance(found.decl, LetDecl):
                place = found.decl.file.span if found.decl.file else found.decl.value
                context.wording().leave(self.texts[key], place, where="a `let`")
            elif found.kind == "vendor":
                self.vendors[key] = lower_vendor(found.decl, context)
            else:
                self._lower_rubric(key, found.decl, context)

    def _lower_rubric(self, key: Key, block: BlockDecl, context: Context) -> None:
        rubric = lower_rubric(block, context)
        if rubric:
            self.rubrics[key] = rubric
