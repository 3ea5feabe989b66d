#!/usr/bin/env bash
# Run a command whose git may write to this repository; the token is in no argument and no file.
set -euo pipefail

GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$GITHUB_TOKEN" | base64 --wrap=0)"
export GIT_CONFIG_COUNT=1
export GIT_CONFIG_KEY_0="http.$GITHUB_SERVER_URL/.extraHeader"
export GIT_CONFIG_VALUE_0
unset GITHUB_TOKEN
exec "$@"
