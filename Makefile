# make run    sets up, builds the index from seeds/ where it is missing or stale, opens the terminal interface
# make test   sets up, runs the tests
# make check  ruff, mypy, import-linter
# make bench  how fast it is, beside what one would take instead, at three sizes; some hours (parts: bench-interface,
#             bench-scale; smaller: make bench BENCH="--sizes 1000")
# make torture  kills, starves and damages builds and libraries for some minutes, and counts
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INPUTS := pyproject.toml .ci/constraints.txt

.PHONY: run test check format bench bench-interface bench-scale torture snapshots clean

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

# On a quiet machine. What is interrupted goes on where it was; `python -m tests.bench --help` tells the rest.
BENCH ?=
bench: bench-interface bench-scale

# How soon the interface is there and answers, and how long keys wait.
bench-interface: $(VENV)/.installed-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.bench.start
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.bench.conversation
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.bench.library

# Building, updating, asking, memory and disk as a library grows, beside llama-index, sentence-transformers and FAISS.
bench-scale: $(VENV)/.installed-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.bench $(BENCH)

# What promise P4 rests on: nothing is lost, nothing is served by halves. Linux; some parts need root.
torture: $(VENV)/.installed-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.torture

# Accept the screens as they are now; look at them before you commit them.
snapshots: $(VENV)/.installed-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest tests/tui/test_snapshots.py --snapshot-update

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
