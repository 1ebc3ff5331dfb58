"""All files of a workspace as values of the model, each in the light of the names that it sees."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from evalc.analysis.files import FileReader, FileStore
from evalc.analysis.lower.context import Context
from evalc.analysis.lower.evals import lower_eval
from evalc.analysis.lower.rubrics import lower_rubric
from evalc.analysis.lower.vendors import lower_vendor
from evalc.analysis.resolve import Declared, Key, Resolver, Scope
from evalc.analysis.uses import SpecFile, Workspace
from evalc.analysis.values.wording import Allowance, Lets
from evalc.model.catalog import Eval, Rubric, Vendor
from evalc.syntax.tree import BlockDecl, LetDecl


@dataclass(frozen=True, slots=True)
class LoweredCatalog:
    """What is declared by its key, vendors likewise, evals by the path of their file, and the keys that were needed."""

    declared: Mapping[Key, Declared]
    vendors: Mapping[Key, Vendor]
    evals: Mapping[str, Eval]
    used: frozenset[Key]


def lower_catalog(workspace: Workspace, store: FileStore) -> LoweredCatalog:
    """What the files of a workspace mean; what is wrong stands in the findings of each file."""
    return _Lowering(workspace, store, Resolver(workspace)).catalog()


@dataclass(slots=True)
class _Lowering:
    workspace: Workspace
    store: FileStore
    resolver: Resolver
    declared: dict[Key, Declared] = field(default_factory=dict)
    elsewhere: dict[tuple[str, str], str] = field(default_factory=dict)
    texts: dict[Key, str] = field(default_factory=dict)
    vendors: dict[Key, Vendor] = field(default_factory=dict)
    rubrics: dict[Key, Rubric] = field(default_factory=dict)

    def catalog(self) -> LoweredCatalog:
        """The whole catalog: names first, then what libraries hold, then the evals."""
        files = self.workspace.files
        for file in files.values():
            for found in self.resolver.names_of(file).values():
                self.declared[found.key] = found
                self.elsewhere.setdefault((found.kind, found.name.text), file.path)
        scopes = {path: self.resolver.scope(path) for path in files}
        self._read_lets()
        contexts = {path: self._context(file, scopes[path]) for path, file in files.items()}
        self._lower_libraries(contexts)
        evals: dict[str, Eval] = {}
        used: set[Key] = set()
        for path, file in files.items():
            context = self._with_libraries(contexts[path], scopes[path])
            eval_ = lower_eval(file.tree, context)
            if eval_:
                evals[path] = eval_
            used.update(self._keys(scopes[path], "rubric", context.graded_by))
            used.update(self._keys(scopes[path], "let", context.lets.used))
        return LoweredCatalog(self.declared, self.vendors, evals, frozenset(used))

    def _keys(self, scope: Scope, kind: str, names: Iterable[str]) -> Iterator[Key]:
        return (found for found in (scope.key(kind, name) for name in names) if found)

    def _read_lets(self) -> None:
        for key, found in self.declared.items():
            if isinstance(found.decl, LetDecl):
                reader = FileReader(found.file.path, self.store, found.file.reporter)
                text = reader.text(found.decl.file) if found.decl.file else found.decl.value.text
                self.texts[key] = text or ""

    def _context(self, file: SpecFile, scope: Scope) -> Context:
        return Context(
            path=file.path,
            reporter=file.reporter,
            files=FileReader(file.path, self.store, file.reporter),
            lets=Lets({name: self.texts[found.key] for name, found in scope.of("let").items()}),
            allowance=Allowance(file.reporter),
            rubrics={},
            damage=file.damage,
            declared=scope.names.keys(),
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

    def _with_libraries(self, context: Context, scope: Scope) -> Context:
        rubrics = {name: self.rubrics.get(found.key) for name, found in scope.of("rubric").items()}
        return replace(context, rubrics={name: rubric for name, rubric in rubrics.items() if rubric})
