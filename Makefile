# Every target runs from a bare clone; the environment lives in .venv, the data in var/.
PYTHON ?= python3
PORT ?= 8000
SIZE ?= 20000
ONLY ?=
DATABASES ?= sqlite,postgresql
DOWNLOAD ?= 0
VENV := .venv
BIN := $(VENV)/bin
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet

.PHONY: setup run test lint bench lock messages

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

test: setup
	$(BIN)/python -m pytest -n auto --dist worksteal $(TESTS)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python manage.py makemigrations --check --dry-run

# SIZE=1000000 is the full run; ONLY=rows,download measures some groups; docs/performance.md keeps what is not measured.
# DOWNLOAD=50000 asks the peers, which take hours for 200,000 rows, for fewer.
bench: $(VENV)/bench
	$(BIN)/python -m tests.bench --size $(SIZE) --only "$(ONLY)" --download $(DOWNLOAD) --databases $(DATABASES)

lock:
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) pyproject.toml --group dev -o requirements-dev.txt
	$(LOCK) pyproject.toml --group bench -o requirements-bench.txt

messages: setup
	$(BIN)/python manage.py messages
