#!/usr/bin/env bash
# Install osmm-scan from its own sources; every dependency is checked against its hash.
set -euo pipefail

environment="$RUNNER_TEMP/osmm-scan-environment"
"$OSMM_SCAN_PYTHON" -m venv "$environment"
install=("$environment/bin/python" -I -m pip install --quiet --disable-pip-version-check)
"${install[@]}" --require-hashes --only-binary :all: -r "$OSMM_SCAN_SOURCE/action/requirements.txt"
"${install[@]}" --no-deps --no-build-isolation "$OSMM_SCAN_SOURCE"
