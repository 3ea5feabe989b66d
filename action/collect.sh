#!/usr/bin/env bash
# Put the shards together, beside the history of earlier scans, and write the reports.
set -euo pipefail

shards=("$RUNNER_TEMP"/osmm-scan-shards/*.jsonl.gz)
branch="$RUNNER_TEMP/osmm-scan-branch"
remote="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"
rm -rf "$branch"
git init --quiet "$branch"

# 2 says that there is no such branch yet; any other failure must not start a history anew.
found=0
git ls-remote --quiet --exit-code "$remote" "refs/heads/$OSMM_SCAN_BRANCH" >/dev/null || found=$?
if [ "$found" = 0 ]; then
    git -C "$branch" fetch --quiet --depth 1 "$remote" "refs/heads/$OSMM_SCAN_BRANCH"
    git -C "$branch" checkout --quiet FETCH_HEAD
elif [ "$found" != 2 ]; then
    exit 3
fi

arguments=(
    --store "$branch/history.db"
    --save "$RUNNER_TEMP/osmm-scan.jsonl.gz"
    --output "$branch/report"
    --format html --format markdown --format json --format csv --format badge-svg
    --format github --format outputs
    --on-unknown "$OSMM_SCAN_ON_UNKNOWN"
)
# What the organisation says of itself stands in its .github repository.
shared="$RUNNER_TEMP/osmm-scan-shared"
rm -rf "$shared"
git init --quiet --bare "$shared"
said_in() { # OPTION PATH: add the option when the organisation has such a file
    local file="$shared/${2##*/}"
    if git -C "$shared" show "FETCH_HEAD:$2" >"$file" 2>/dev/null; then
        arguments+=("$1" "$file")
    fi
}
if git -C "$shared" fetch --quiet --depth 1 \
    "$GITHUB_SERVER_URL/$OSMM_SCAN_ORGANISATION/.github" HEAD; then
    said_in --config .osmm-scan.yml
    [[ " ${arguments[*]} " == *" --config "* ]] || said_in --config .github/osmm-scan.yml
    said_in --attestations .osmm/attestations.yml
else
    echo "::notice title=osmm-scan::$OSMM_SCAN_ORGANISATION has no .github repository to read"
fi
[ -z "$OSMM_SCAN_PROFILE" ] || arguments+=(--profile "$OSMM_SCAN_PROFILE")
[ -z "$OSMM_SCAN_FAIL_UNDER" ] || arguments+=(--fail-under "$OSMM_SCAN_FAIL_UNDER")
# The first scan has nothing to be compared with.
if [ "$OSMM_SCAN_FAIL_ON_REGRESSION" = true ] && [ -f "$branch/history.db" ]; then
    arguments+=(--fail-on-regression)
fi

rm -rf "$branch/report"
status=0
"$RUNNER_TEMP/osmm-scan-environment/bin/osmm-scan" merge "${arguments[@]}" "${shards[@]}" || status=$?
[ -f "$branch/report/osmm-scan.outputs.txt" ] || exit "$status"

mv "$branch/report/osmm-scan.html" "$branch/report/index.html"
mv "$branch/report/osmm-scan.outputs.txt" "$branch/report/osmm-scan.annotations.txt" "$RUNNER_TEMP"
cat "$RUNNER_TEMP/osmm-scan.annotations.txt"
cat "$branch/report/osmm-scan.md" >>"$GITHUB_STEP_SUMMARY"
cat "$RUNNER_TEMP/osmm-scan.outputs.txt" >>"$GITHUB_OUTPUT"
echo "status-code=$status" >>"$GITHUB_OUTPUT"
