# The commands of the project. `make help` shows them; the two that matter first are `run` and `test`.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/loopstart
BOX ?= box
TEST_BOX ?= test
# A second one beside it: what is called, seen and looked up goes on there while this one is changed and cut off.
CALLS_BOX ?= $(TEST_BOX)calls
PY := .venv/bin/python
PYTEST := $(PY) -m pytest
# What Python and pytest have compiled is kept, also where the environment says otherwise: half a minute a run.
export PYTHONDONTWRITEBYTECODE :=
# Tests that need no box. Everything else needs one, a browser as well, or a machine in QEMU. One more at a time than
# there are processors, for those that wait; each in a memory file system where there is one with room: the databases
# of the tests sync at every commit.
UNIT := not box and not browser and not image
MEMORY := $(shell df --output=avail -k /dev/shm 2>/dev/null | awk 'NR == 2 && $$1 > 1000000 {print "/dev/shm"}')
UNIT_TESTS := TMPDIR=$(or $(MEMORY),$(TMPDIR),/tmp) $(PYTEST) -q -n $(shell expr $$(nproc) + 1) --dist worksteal \
	$(if $(SEED),--hypothesis-seed=$(SEED))

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard web_admin/translations/*/LC_MESSAGES/messages.po))

.PHONY: help
help:  ## show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: venv catalogues  ## build what is missing, boot the box, print its address and first sign-in
	@image_build/box --name $(BOX) up
	@image_build/box --name $(BOX) push --if-changed
	@image_build/box --name $(BOX) ready

.PHONY: test
test: venv  ## from a fresh machine to all tests passed
	@.ci/stages

.PHONY: check
check: venv catalogues assets  ## format, lint, types, import rules, translations, unit tests
	@$(PY) -m ruff format --check appliance web_admin tests image_build ansible
	@$(PY) -m ruff check appliance web_admin tests image_build ansible
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-cache | tail -n 3
	@$(PY) -m web_admin.catalogue check
	@$(UNIT_TESTS) -m "$(UNIT) and not slow"

.PHONY: thorough
thorough: venv catalogues assets  ## what check leaves out: kill tests, and the properties with fifty times the examples
	@$(UNIT_TESTS) -m "$(UNIT) and (slow or hypothesis)" --hypothesis-profile=thorough

.PHONY: box-test
box-test: venv catalogues  ## the tests on the real box: units, changes, calls, faults, browser
	@for box in $(TEST_BOX) $(CALLS_BOX); do image_build/box --name $$box up --fresh; image_build/box --name $$box ready; done
	@$(MAKE) --no-print-directory --jobs 2 box-test-itself box-test-calls

# They wait more than they work, so there are two lanes, on a box each; which test is in which never changes (docs/adr/0068).
.PHONY: box-test-itself box-test-calls
box-test-itself:
	@LOOPSTART_BOX=$(TEST_BOX) $(PYTEST) -m "box or browser" tests/box |& sed -u 's/^/the box: /'

box-test-calls:
	@LOOPSTART_BOX=$(CALLS_BOX) $(PYTEST) -m "box or browser" --ignore=tests/box |& sed -u 's/^/calls:   /'

.PHONY: image
image: venv catalogues assets  ## build the image to flash: prints its paths, sizes and the time it took
	@image_build/image

.PHONY: image-test
image-test: venv catalogues assets  ## boot the flashed image in an emulator: units, identity, lines, updates, installation
	@image_build/image --raw
	@$(MAKE) --no-print-directory --jobs 2 image-test-itself image-test-lines

# Two machines side by side: each emulator keeps one processor busy, hardly two. One lane is listened to; the other gives
# way where both want more.
.PHONY: image-test-itself image-test-lines
AFTER_LINES := tests/image/test_install.py tests/image/test_power_cuts.py
image-test-itself:
	@nice -n 5 $(PYTEST) -m "image and not slow" --ignore=tests/lines $(addprefix --ignore=,$(AFTER_LINES)) \
		|& sed -u 's/^/itself: /'

image-test-lines:
	@{ $(PYTEST) -m "image and not slow" tests/lines && $(PYTEST) -m "image and not slow" $(AFTER_LINES); } \
		|& sed -u 's/^/lines:  /'

.PHONY: image-start
image-start: venv catalogues assets  ## of image-test what make test takes: first starts, what then runs, calls over ISDN
	@image_build/image --raw
	@$(MAKE) --no-print-directory --jobs 2 image-start-itself image-start-lines

.PHONY: image-start-itself image-start-lines
image-start-itself:
	@$(PYTEST) -m image tests/image/test_started.py tests/image/test_first_start.py |& sed -u 's/^/started: /'

image-start-lines:
	@$(PYTEST) -m image tests/lines/test_loopback.py tests/lines/test_pri.py |& sed -u 's/^/lines:   /'

.PHONY: image-thorough
image-thorough: venv catalogues assets  ## power cuts at sixty moments: installing, first start, applying (about an hour)
	@$(PYTEST) -m "image and slow"

.PHONY: ansible-check
ansible-check: venv  ## the roles: lint with the production profile, and a second run that changes nothing
	@image_build/converge --check-idempotent

.PHONY: bench
bench: venv catalogues assets  ## measure against baselines of the same run; writes docs/benchmarks.md and benchmarks-image.md
	@$(PY) -m tests.bench box
	@$(PY) -m tests.bench image

.PHONY: stop
stop:  ## stop the boxes that run and test started
	@image_build/box --name $(BOX) down
	@image_build/box --name $(TEST_BOX) down
	@image_build/box --name $(CALLS_BOX) down

.PHONY: shell
shell:  ## a root shell in the running box
	@image_build/box --name $(BOX) exec -- /bin/bash -l

.PHONY: lock
lock: venv  ## resolve requirements/*.txt anew, with hashes and without addresses
	@image_build/lock

.PHONY: catalogues
catalogues: venv $(CATALOGUES)

$(CATALOGUES) &: $(CATALOGUES:.mo=.po)
	@$(PY) -m web_admin.catalogue compile

.PHONY: assets
assets: venv
	@image_build/assets

.PHONY: venv
venv:
	@image_build/venv
