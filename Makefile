# make run    sets up, builds the index from seeds/ where it is missing or stale, opens the terminal interface
# make test   sets up, runs the tests
# make check  ruff, mypy, import-linter
# make bench  how quick it is
# make torture  kills, starves and damages builds and libraries for some minutes, and counts
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INPUTS := pyproject.toml .ci/constraints.txt

.PHONY: run test check format bench torture snapshots clean

run: $(VENV)/.installed
	@$(BIN)/assistant build
	@$(BIN)/assistant

test: $(VENV)/.installed-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# How soon the interface is there and answers, and how long keys wait; on a quiet machine.
bench: $(VENV)/.installed-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.bench.start
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.bench.conversation
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.bench.library

# What promise P4 rests on: nothing is lost, nothing is served by halves. Linux; some parts need root.
torture: $(VENV)/.installed-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.torture

# Accept the screens as they are now; look at them before you commit them.
snapshots: $(VENV)/.installed-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest tests/test_tui_snapshots.py --snapshot-update

$(VENV)/.installed: $(INPUTS)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (a few minutes the first time)…"
	@$(PIP) install --quiet --constraint .ci/constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(INPUTS)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) with what the tests need (a few minutes the first time)…"
	@$(PIP) install --quiet --constraint .ci/constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find index -mindepth 1 ! -name README.md -delete
