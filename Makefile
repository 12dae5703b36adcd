# Werkstand: `make run` starts everything, `make test` proves it. Needs Python 3.11 or later and make, nothing else.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$python && break; done)
PREPARE = $(if $(strip $(PYTHON)),$(PYTHON) workers/supervision/install.py,\
	echo "Werkstand needs Python 3.11, 3.12 or 3.13: install one, or name it with make PYTHON=/path/to/python3." >&2; exit 1)
BIN = .venv/bin/python -m

# Without compiled modules every one of our processes would read all sources again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test bench check format lock prepare browser docs

run: ## Start everything and print where it is
	@$(PREPARE) && exec $(BIN) workers.commands.cli up --with-parent

test: prepare ## All tests, with real servers and a real browser
	@$(BIN) workers.commands.chromium
	@$(BIN) pytest -n 2 --dist loadgroup $(TESTS)

bench: prepare ## How fast it is, measured side by side on servers of its own (make bench ONLY=bulk for one part)
	@$(BIN) tests.benchmarks $(ONLY)

check: prepare ## Format, lint, types, contracts, generated files
	$(BIN) ruff format --check .
	$(BIN) ruff check .
	$(BIN) mypy
	.venv/bin/lint-imports
	$(BIN) workers.commands.cli check-generated

format: prepare ## Put the code into its one format
	$(BIN) ruff format .
	$(BIN) ruff check --fix .

docs: prepare ## Redraw what is generated: docs/lifecycles.md and the SDL of both schemas
	$(BIN) domain.lifecycle_docs
	$(BIN) workers.commands.cli export-schema

lock: prepare ## Resolve the dependencies anew and pin them with hashes
	$(BIN) uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --upgrade --extra embedded \
		--group dev --python-version 3.11 --custom-compile-command "make lock" pyproject.toml -o requirements.lock

prepare:
	@$(PREPARE)
