#!/bin/sh
# Renews the locks from pyproject.toml. The locks hold names, versions and hashes and no download address.
set -eu
cd "$(dirname "$0")/.."
lock() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade "$@"; }
lock pyproject.toml --extra embedded --group build -o requirements/core.txt
lock pyproject.toml --extra embedded --extra biometrics --group build --group dev -o requirements/dev.txt
lock pyproject.toml --extra embedded --extra biometrics --group build --group dev --group real -o requirements/real.txt
