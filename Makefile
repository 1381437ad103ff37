# Everything a newcomer needs: `make demo`, `make serve`, `make test`. Needs python3 (3.11 or later), python3-venv and make.
BIN := .venv/bin
PORT ?= 8000
export GATEHOUSE_STATE ?= .state

.PHONY: help demo serve test test-real faults bench fuzz lock test-report core dev real

help:
	@echo "make demo       set up, run one simulated day at an airport, say where to look"
	@echo "make serve      serve the screens on 127.0.0.1:$(PORT), print the demo accounts (PORT=8001 for another)"
	@echo "make test       set up, run every check and test that needs nothing heavy"
	@echo "make test-real  the tests with heavy real parts: every walk in the browser, processes that are killed"
	@echo "make faults     kill a lane, its sender and the centre 1,000 times and count what was lost (KILLS=100 for fewer)"
	@echo "make test-report  run both suites and write out/system-test-report.html and .pdf, also in Chinese (SUITES=checks)"
	@echo "make bench      measure, beside a peer or the physical limit in the same run"
	@echo "make fuzz       mutate the input of every parser, SECONDS=60 for each"
	@echo "make lock       renew the locks of the dependencies"

demo: core
	@GATEHOUSE_MODE=demo $(BIN)/gatehouse demo

serve: core
	@GATEHOUSE_MODE=demo $(BIN)/gatehouse serve --port $(PORT)

test: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy src tests benchmarks
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -n 2 -m "not real"

test-real: real
	$(BIN)/pytest -m real

faults: real
	FAULT_KILLS=$(or $(KILLS),1000) DRAIN_LANES=$(or $(LANES),40) DRAIN_PASSAGES=520 ANSWERS_PER_S=40 ANSWERS_S=30 TRAVELLERS=1000 $(BIN)/pytest -q -s -m real tests/gates/faults

test-report: real
	$(BIN)/python -m tests.report --suites $(or $(SUITES),checks real)

bench: dev
	$(BIN)/python -m benchmarks

fuzz: real
	$(BIN)/python scripts/fuzz.py --seconds $(or $(SECONDS),60)

lock:
	sh requirements/lock.sh

core dev real:
	@python3 scripts/bootstrap.py $@
