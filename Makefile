# Werkstand: `make run` starts everything, `make test` proves it. Needs Python 3.11 or later and make, nothing else.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$python && break; done)
PREPARE = $(if $(strip $(PYTHON)),$(PYTHON) workers/supervision/install.py,\
	echo "Werkstand needs Python 3.11, 3.12 or 3.13: install one, or name it with make PYTHON=/path/to/python3." >&2; exit 1)
BIN = .venv/bin/python -m
PYTEST = $(BIN) pytest -n 2 --dist loadfile --no-loadscope-reorder
SEEDS ?= 1 2 3 4 5
SECONDS ?= 100
BYTES ?= 5368709120

# Without compiled modules every one of our processes would read all sources again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test screenshots test-thorough test-pages test-5gb test-clients lock-clients bench chaos check format lock prepare browser docs

run: ## Start everything and print where it is
	@$(PREPARE) && exec $(BIN) workers.commands.cli up --with-parent

test: prepare ## Tests with real servers and a real browser: all but what test-thorough adds
	@$(BIN) workers.commands.chromium
	@$(PYTEST) -m "not thorough and not every_page" $(TESTS)

test-thorough: prepare ## What takes long and shows more of the same: every page, every path to a secret, kills of invoicing
	@$(BIN) workers.commands.chromium
	@$(PYTEST) -m thorough $(TESTS)

test-clients: prepare ## Common GraphQL clients and the examples, against a system of its own; needs npm and pip
	@$(BIN) workers.commands.chromium
	@$(BIN) tests.clients

screenshots: prepare ## Draw the main pages of a demo, in both languages, light, dark and on a phone, into var/screenshots (README=1 for the README, too)
	@$(BIN) workers.commands.chromium
	@$(BIN) tests.screenshots $(if $(README),--readme)

test-pages: prepare ## Every page of every role over the demo, in both languages and at three widths
	@$(BIN) workers.commands.chromium
	@$(PYTEST) --dist load -m every_page

test-5gb: prepare ## A file of 5 GB over a line that is cut, to an API that is killed, on a folder and on S3 (BYTES=300000000)
	@$(BIN) workers.commands.chromium
	@WERKSTAND_TEST_UPLOAD_BYTES=$(BYTES) $(BIN) pytest -n 0 tests/system/interrupted_uploads

bench: prepare ## How fast it is, measured side by side on servers of its own (make bench ONLY=bulk for one part)
	@$(BIN) tests.benchmarks $(ONLY)

chaos: prepare ## Kill, pause and cut off real processes under load, and prove that nothing was lost (SEEDS="1 2" SECONDS=100)
	@$(BIN) tests.chaos run $(addprefix --seed ,$(SEEDS)) --seconds $(SECONDS)

check: prepare ## Format, lint, types, contracts, generated files, secrets, known vulnerabilities
	$(BIN) ruff format --check .
	$(BIN) ruff check .
	$(BIN) mypy
	.venv/bin/lint-imports
	$(BIN) workers.commands.cli check-generated
	$(BIN) tests.security.secret_scan
	$(BIN) tests.security.dependency_audit

format: prepare ## Put the code into its one format
	$(BIN) ruff format .
	$(BIN) ruff check --fix .

docs: prepare ## Redraw what is generated: docs/lifecycles.md, docs/access.md, schema.sql and the SDL of both schemas
	$(BIN) domain.lifecycle_docs
	$(BIN) domain.access_docs
	$(BIN) domain.database.installation.fresh_schema
	$(BIN) workers.commands.cli export-schema

lock: prepare ## Resolve the dependencies anew and pin them with hashes
	$(BIN) uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --upgrade --extra embedded \
		--group dev --python-version 3.11 --custom-compile-command "make lock" pyproject.toml -o requirements.lock

lock-clients: prepare ## Pin the packages of the client tests and the examples anew, within their package.json
	for folder in tests/clients/node examples/typescript tests/system/interrupted_uploads/node; do \
		(cd $$folder && npm update --omit-lockfile-registry-resolved --no-audit --no-fund) || exit 1; done
	for folder in tests/clients/python examples/python; do \
		$(BIN) uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --upgrade \
		--python-version 3.11 --custom-compile-command "make lock-clients" \
		$$folder/requirements.in -o $$folder/requirements.txt || exit 1; done

prepare:
	@$(PREPARE)
