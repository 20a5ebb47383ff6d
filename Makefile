# make run    sets up, builds the index from seeds/ where it is missing or stale, opens the terminal interface
# make test   sets up, runs the tests
# make quick  the tests that take less than a minute in all
# make check  ruff, mypy, import-linter, codespell
# make drawing  draws docs/packages.svg from the imports
# make bench  measures speed at three sizes, next to alternatives; some hours (parts: bench-interface, bench-scale;
#             smaller: make bench BENCH="--sizes 1000")
# make campaign  runs the tests with all cases of their long lists, then make torture; some hours
# make torture  kills builds, takes their resources and damages libraries, runs all attacks of the tests, and counts
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
TOOLS := .ci/build-tools.txt
LOCK := .ci/requirements.txt
INPUTS := pyproject.toml .ci/constraints.txt .ci/torch-cpu.txt $(TOOLS) $(LOCK) .ci/requirements-dev.txt
# The build tools come first: a package that comes as source is built with them, not with what Python brings.
# Every file is checked by its hash. What comes on other systems in addition is checked by its version only.
# Not quiet: the packages are the long part, and pip shows how far it is.
LOCKED := --no-deps --no-build-isolation --require-hashes
# The build of torch without libraries for graphics cards, where this machine offers it.
TORCH := install $(LOCKED) --requirement .ci/torch-cpu.txt 2>/dev/null || true

.PHONY: run test quick check format drawing bench bench-interface bench-scale campaign torture snapshots clean

run: $(VENV)/.installed
	@$(BIN)/assistant build
	@$(BIN)/assistant

test: $(VENV)/.installed-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest --numprocesses auto --dist worksteal

quick: $(VENV)/.installed-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest --numprocesses auto --dist worksteal -m "not slow"

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Run on a quiet machine. An interrupted run resumes; see `python -m tests.bench --help`.
BENCH ?=
bench: bench-interface bench-scale

# Time to the first frame, to the first answer, and of single keys in the interface.
bench-interface: $(VENV)/.installed-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.bench.start
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.bench.conversation
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.bench.library

# Building, updating, asking, memory and disk as a library grows, next to llama-index, sentence-transformers and FAISS.
bench-scale: $(VENV)/.installed-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.bench $(BENCH)

# All tests, with all their cases: `make test` leaves out the variants of screens and tries a sample of the long lists.
campaign: $(VENV)/.installed-dev
	CAMPAIGN=1 HF_HUB_OFFLINE=1 $(BIN)/python -m pytest --numprocesses auto --dist worksteal
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.torture

# Tests promise P4: nothing is lost, nothing is served half written; then the whole attack list. Linux only; some parts
# need root.
torture: $(VENV)/.installed-dev
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.torture
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.torture.attacks

# Accepts the screens as they are; look at each changed SVG before you commit it.
snapshots: $(VENV)/.installed-dev
	CAMPAIGN=1 HF_HUB_OFFLINE=1 $(BIN)/python -m pytest tests/tui/test_snapshots.py --snapshot-update

# The packages and their imports as a picture.
drawing: $(VENV)/.installed-dev
	$(BIN)/python -m tests.support.package_drawing > docs/packages.svg

$(VENV)/.installed: $(INPUTS)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV): about 2 GB on disk, some minutes the first time."
	@$(PIP) install --quiet $(LOCKED) --requirement $(TOOLS)
	@$(PIP) $(TORCH)
	@$(PIP) install $(LOCKED) $(addprefix --requirement ,$(LOCK))
	@$(PIP) install --quiet --constraint .ci/constraints.txt --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: $(INPUTS)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) with what the tests need: about 3 GB on disk, some minutes the first time."
	@$(PIP) install --quiet $(LOCKED) --requirement $(TOOLS)
	@$(PIP) $(TORCH)
	@$(PIP) install $(LOCKED) $(addprefix --requirement ,$(LOCK) .ci/requirements-dev.txt)
	@$(PIP) install --quiet --constraint .ci/constraints.txt --no-build-isolation --editable '.[dev]'
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find index -mindepth 1 ! -name README.md -delete
