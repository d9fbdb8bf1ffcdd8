# Two commands matter: `make run` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
.NOTPARALLEL:
# Our own tools first: the virtual environment also holds Node where the machine has none that is new enough.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest

help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ready ## Install what is missing, build, and start the server with the Bluezone campaign
	@exec .venv/bin/signage-server run --starter

test: tools check ## Run every check and test, as the continuous integration does
	@npm run test --workspaces --if-present --silent
	@$(PYTEST) -n 2 --dist loadfile -m "not alone"
	@$(PYTEST) -m alone

check: tools ## Look at the code without running it: format, lint, types, who imports whom
	@ruff format --check .
	@ruff check .
	@mypy
	@lint-imports --no-cache
	@npx --no-install biome check .
	@npm run check --workspaces --if-present --silent

fix: tools ## Put right what the tools can put right by themselves
	@ruff check --fix .
	@ruff format .
	@npx --no-install biome check --write .

e2e: tools ## Run the story alone: two real browsers from pairing to playing offline
	@$(PYTEST) tests/test_story.py

soak-swaps: tools ## Swap slides 10,000 times in a real browser and look for a flash or a leak
	@$(PYTHON) benchmarks/soak_swaps.py --swaps 10000

proof-kill: tools ## Kill the server 60 times during uploads and look for anything that is not whole
	@$(PYTHON) -m tests.library.kill_uploads --rounds 60

proof-time: tools ## Hold the compiled timeline against the wall clock for a million minutes around clock changes
	@$(PYTHON) -m tests.scheduling.minutes --minutes 1000000

mutants: tools ## Break the time core in one place after the other, in a copy: the tests must notice each time
	@$(PYTHON) -m tests.scheduling.mutants

size: ready ## Build the player and hold its scripts to their size limits
	@npm run size -w player --silent

bench: tools ## Work out a million plays in both languages, which must be equal; time the compiler against dateutil
	@$(PYTHON) -m benchmarks.compare_playout
	@$(PYTHON) -m benchmarks.bench_time

bench-time: tools ## Time the compiler against dateutil, and a fleet of 10,000 screens in a real server
	@$(PYTHON) -m benchmarks.bench_time

openapi: ready ## Write the API's description to build/openapi.json
	@.venv/bin/signage-server openapi > build/openapi.json
	@echo "build/openapi.json"

proof-bare: ## Run both commands in an empty Debian and print the minutes (root, debootstrap)
	@scripts/prove-bare

clean: ## Remove what was built and cached; installed packages and the installation's data stay
	@rm -rf build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@rm -rf signage_server/web/static signage_server/library/fonts signage_server/console/src/api/generated
	@find signage_server tests -name __pycache__ -type d -prune -exec rm -rf {} +

ready:
	@scripts/setup
	@scripts/build

tools:
	@scripts/setup --tests
	@scripts/build

.PHONY: help run test check fix e2e soak-swaps proof-kill proof-time mutants size bench bench-time openapi proof-bare clean ready tools
