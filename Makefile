# Each of these does its own set-up; `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup build demo soak test test-sanitize test-swap lint docs format bench bench-instructions chart gates gates-record setup-gates install clean

SWIFT ?= swift
RELEASE := STATIC_PROGRAMS=1 $(SWIFT) build -c release --static-swift-stdlib
BIN = $(shell $(SWIFT) build -c release --static-swift-stdlib --show-bin-path)
FORMATTED := Sources Tests Benchmarks Package.swift
BENCH = $(BIN)/resilience-benchmarks

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install what is missing (libyaml, by apt)
	@bash Scripts/setup

build: setup ## build policy-lint and policy, static, optimised
	$(RELEASE) --product policy-lint
	$(RELEASE) --product policy

demo: setup ## watch three operations fail, recover and be reconfigured (20 seconds)
	@echo "building the demo ..."
	@$(RELEASE) --product resilience-demo
	@$(BIN)/resilience-demo

# SOAK_SECONDS=60 makes a short one of it.
soak: setup ## ten minutes of failing upstreams, reloads and cancellations, after which nothing may be left behind
	@echo "building the soak ..."
	@$(RELEASE) --product resilience-soak
	@$(BIN)/resilience-soak --seconds $(or $(SOAK_SECONDS),600)

test: setup ## build everything and run every test
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

# Leaks are not looked for: Swift keeps references beside other bits in one word, which the leak checker takes for lost.
test-sanitize: setup ## run the tests under the thread and the address sanitizer
	$(SWIFT) test --sanitize=thread --scratch-path .build/thread -Xswiftc -DTHREAD_SANITIZER
	ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --sanitize=address --scratch-path .build/address

# Not a part of `test`: it takes a minute, and more under a sanitizer.
test-swap: setup ## read a hundred million times what is swapped meanwhile
	RESILIENCE_SWAP_READS=100000000 $(SWIFT) test -c release -Xswiftc -enable-testing --filter SwapStormTests

lint: setup ## check formatting, generated files, the schema and the sample policies
	$(SWIFT) format lint --strict --recursive $(FORMATTED)
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --filter '[gG]eneratedFile'
	@SCHEMA_CHECK_VENV=.build/schema-check sh Tests/schema-check.sh policies/*.yaml
	$(SWIFT) run --skip-build policy-lint policies/

format: ## format the sources
	$(SWIFT) format --in-place --recursive $(FORMATTED)

docs: setup ## write the schema, the reference and other generated pages anew
	RESILIENCE_REGENERATE=1 $(SWIFT) test --filter '[gG]eneratedFile'

bench: setup ## measure what calls, memory, loading and the programs cost (a minute on a quiet machine)
	@$(RELEASE) --product policy-lint
	@$(RELEASE) --product resilience-benchmarks
	@$(BENCH)

bench-instructions: setup ## count the instructions of calls, with valgrind
	@$(RELEASE) --product resilience-benchmarks
	@$(BENCH) --instructions

chart: setup ## measure the calls and draw Docs/performance.svg
	@$(RELEASE) --product resilience-benchmarks
	@$(BENCH) --filter blocking --filter asynchronous --filter look-up --chart Docs/performance.svg

setup-gates: setup
	@bash Scripts/setup valgrind

gates: setup-gates ## check that calls cost no more instructions and memory than recorded
	@$(RELEASE) --product resilience-benchmarks
	@$(BENCH) --gates Benchmarks/gates.tsv

gates-record: setup-gates ## record what calls cost, after a change that is meant to change it
	@$(RELEASE) --product resilience-benchmarks
	@$(BENCH) --record-gates Benchmarks/gates.tsv

install: build ## copy policy-lint and policy to PREFIX/bin (default /usr/local)
	install -d $(DESTDIR)$(or $(PREFIX),/usr/local)/bin
	install -m 755 $(BIN)/policy-lint $(BIN)/policy $(DESTDIR)$(or $(PREFIX),/usr/local)/bin

clean: ## remove what was built
	rm -rf .build
