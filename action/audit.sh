#!/usr/bin/env bash
# Audit one repository, and leave summary, annotations and outputs where the runner looks for them.
set -uo pipefail

report="$RUNNER_TEMP/osmm-scan-report"
rm -rf "$report"
arguments=(
    --output "$report"
    --format html --format json --format sarif
    --format markdown --format github --format outputs
    --on-unknown "$OSMM_SCAN_ON_UNKNOWN"
)
[ -z "$OSMM_SCAN_PROFILE" ] || arguments+=(--profile "$OSMM_SCAN_PROFILE")
[ -z "$OSMM_SCAN_FAIL_UNDER" ] || arguments+=(--fail-under "$OSMM_SCAN_FAIL_UNDER")

"$RUNNER_TEMP/osmm-scan-environment/bin/osmm-scan" repo "${arguments[@]}" -- "$OSMM_SCAN_PATH"
status=$?

if [ -f "$report/osmm-scan.outputs.txt" ]; then
    cat "$report/osmm-scan.annotations.txt"
    cat "$report/osmm-scan.md" >>"$GITHUB_STEP_SUMMARY"
    cat "$report/osmm-scan.outputs.txt" >>"$GITHUB_OUTPUT"
    printf 'report=%s\nsarif=%s\n' "$report" "$report/osmm-scan.sarif" >>"$GITHUB_OUTPUT"
else
    echo "The audit could not be carried out; the log of this step says why." >>"$GITHUB_STEP_SUMMARY"
    echo "::error title=osmm-scan::The audit could not be carried out; the log of this step says why."
fi
exit "$status"
