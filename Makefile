# The tasks of this repository. `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# MkDocs warns of its own next version at every build, which the pins in pyproject.toml keep out.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help setup browser compiler demo test check bench bench-peers fuzz update docs editors parser lock clean

help: ## list these tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv from the locked requirements

$(READY): requirements/dev.txt pyproject.toml
	@.ci/environment $(PYTHON) $(VENV)
	$(PIP) --require-hashes --requirement requirements/dev.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

browser: ## install Debian's Chromium, where there is none
	@.ci/browser

compiler: ## install tcc, where there is no C compiler
	@.ci/compiler

demo: $(READY) ## from specs to a catalog with results, on scripted targets
	$(BIN)/evalc check specs
	$(BIN)/evalc compile specs
	$(BIN)/evalc run --target good --judge scripted
	@echo "The next target is flawed on purpose, so its gate has to fail (exit code 1)."
	$(BIN)/evalc run --target flawed --judge scripted; code=$$?; \
	  test $$code -eq 1 || { echo "the flawed target ended with exit code $$code instead of 1" >&2; exit 1; }
	$(BIN)/evalc site
	@echo "To read the catalog: $(BIN)/python -m http.server --directory build/site 8000, then http://localhost:8000/"

test: check browser compiler ## everything that CI demands
	$(BIN)/python -m pytest --quiet --numprocesses auto
	@$(MAKE) --no-print-directory docs

check: $(READY) ## format, lint and types: quick
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy

bench: $(READY) ## measure, and compare with the targets
	$(BIN)/python -m bench

bench-peers: $(READY) ## the same questions to other runners, those that build/peers has
	$(BIN)/python -m bench.peers build/peers

fuzz: $(READY) ## look for bytes that break a reader, a minute each (needs an atheris for this Python)
	$(PIP) 'atheris>=3,<4'
	for reader in lines check spec catalog csv json-lines schema tools log; do \
	  $(BIN)/python -m tests.fuzz $$reader 60 || exit 1; done

update: $(READY) ## rewrite the text cases as the phases make them now
	$(BIN)/python -m pytest --quiet --update tests/test_text_cases.py

docs: $(READY) ## build the guide and the catalog into build/site
	$(BIN)/mkdocs build --strict --quiet

editors: $(READY) ## build the VS Code extension and test it with the real engines (needs npm)
	cd editors/vscode && npm ci --silent && npm run --silent build && npm test --silent
	$(BIN)/python -m pytest --quiet editors

parser: ## renew the tree-sitter parser (needs tree-sitter 0.22.6)
	cd grammar/tree-sitter && tree-sitter generate --abi 14 --no-bindings && rm -f package.json \
	  && sha256sum grammar.js > src/made-from.sha256 && tree-sitter test

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-emit-find-links --custom-compile-command "make lock"

lock: ## renew requirements/*.txt (needs uv)
	$(LOCK) --upgrade --all-extras --output-file requirements/dev.txt pyproject.toml requirements/dev.in
	$(LOCK) --upgrade --extra run --extra schema --constraint requirements/dev.txt \
	  --output-file requirements/run.txt pyproject.toml requirements/run.in

clean: ## remove .venv and everything generated
	rm -rf build dist $(VENV)
