# Every target runs from a bare clone; the environment lives in .venv, the data in var/.
PYTHON ?= python3
PORT ?= 8000
SIZE ?= 20000
ONLY ?=
DATABASES ?= sqlite,postgresql
DOWNLOAD ?= 0
SECONDS ?= 300
CLIENTS ?= 50
ROWS ?= 20000
PACE ?= 3
WRITERS ?= 16
TIMES ?= 200

REQUESTS ?= 4000
PAIRS ?= 50
VENV := .venv
BIN := $(VENV)/bin
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet

.PHONY: setup run demo test lint bench backup-check deploy-check load loading writers failures hostile lock messages

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r

setup: $(VENV)/tools

$(VENV)/site: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) requirements.txt
	touch $@

$(VENV)/tools: $(VENV)/site requirements-dev.txt
	$(INSTALL) requirements-dev.txt
	touch $@

$(VENV)/bench: $(VENV)/site requirements-bench.txt
	$(INSTALL) requirements-bench.txt
	touch $@

run: $(VENV)/site
	$(BIN)/python manage.py start --port $(PORT)

# Invented rows in a folder of their own (var/demo), made on the first start.
demo: $(VENV)/site
	$(BIN)/python -m tests.demo --port $(PORT)

test: setup
	$(BIN)/python -m pytest -n auto --dist worksteal $(TESTS)

# The long form of what docs/operations.md says of parts that fail; with DATABASE_URL on PostgreSQL.
failures: setup
	WHOLE=1 $(BIN)/python -m pytest -n 0 -s tests/operations tests/downloads/test_breaking_off.py tests/downloads/test_download_server.py

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python manage.py makemigrations --check --dry-run

# SIZE=1000000 is the full run; ONLY=rows,download measures some groups; docs/performance.md keeps what is not measured.
# DOWNLOAD=50000 asks the peers, which take hours for 200,000 rows, for fewer.
bench: $(VENV)/bench
	$(BIN)/python -m tests.bench --size $(SIZE) --only "$(ONLY)" --download $(DOWNLOAD) --databases $(DATABASES)

# Backs up, proves and restores a site of SIZE organisations while eight processes write to it, on DATABASES.
backup-check: setup
	$(BIN)/python -m tests.operations.backups.under_writing --rows $(SIZE) --databases $(DATABASES)

# All of deploy/ for real, on free ports: PostgreSQL, Redis and nginx from Debian's packages, two web nodes, a task worker.
deploy-check: setup
	$(BIN)/python -m tests.deployment

# The same under load beside the plain recipe; SECONDS=30 for a short run, CLIENTS, ROWS and PACE as in --help.
load: setup $(VENV)/bench
	$(BIN)/python -m tests.load --seconds $(SECONDS) --clients $(CLIENTS) --rows $(ROWS) --pace $(PACE)

# How soon a reader with a slow processor sees a page: needs chromium.
loading: setup
	$(BIN)/python -m tests.browser.loading

# 16 clerks who save 200 times each, at one SQLite file.
writers: setup
	$(BIN)/python -m tests.load.writers --writers $(WRITERS) --times $(TIMES)

# Hours with 4,000 requests an address; REQUESTS=100 PAIRS=5 is a look.
hostile: setup
	$(BIN)/python -m tests.hostile --requests $(REQUESTS) --databases $(DATABASES)
	$(BIN)/python -m tests.hostile.twice --pairs $(PAIRS) --databases $(DATABASES)
	$(BIN)/python -m tests.hostile.uploads

lock:
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) pyproject.toml --group dev -o requirements-dev.txt
	$(LOCK) pyproject.toml --group bench -o requirements-bench.txt

messages: setup
	$(BIN)/python manage.py messages
