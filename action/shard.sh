#!/usr/bin/env bash
# Look at one shard of an organisation and keep its evidence.
set -euo pipefail
umask 077

if [ -n "${OSMM_SCAN_APP_PRIVATE_KEY:-}" ]; then
    key="$(mktemp -p "$RUNNER_TEMP")"
    trap 'rm -f "$key"' EXIT
    printf '%s\n' "$OSMM_SCAN_APP_PRIVATE_KEY" >"$key"
    unset OSMM_SCAN_APP_PRIVATE_KEY
    export OSMM_SCAN_APP_PRIVATE_KEY_FILE="$key"
fi

mkdir -p "$RUNNER_TEMP/osmm-scan-shards"
"$RUNNER_TEMP/osmm-scan-environment/bin/osmm-scan" org "$OSMM_SCAN_ORGANISATION" \
    --as-of "$OSMM_SCAN_DAY" \
    --shard "$OSMM_SCAN_SHARD/$OSMM_SCAN_SHARDS" \
    --save "$RUNNER_TEMP/osmm-scan-shards/$OSMM_SCAN_SHARD.jsonl.gz" \
    --store none --no-progress --format outputs
