# Every target is a step of scripts/steps.py, which Windows reaches without make:
#   py -m scripts.make run
PYTHON ?= python3
TARGETS := install build run check test bench picture sbom audit lock clean

.PHONY: help $(TARGETS)
help:
	@$(PYTHON) -m scripts.make

$(TARGETS):
	@$(PYTHON) -m scripts.make $@
