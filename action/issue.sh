#!/usr/bin/env bash
# Keep one open issue up to date with the latest report.
set -euo pipefail

export OSMM_SCAN_TITLE="Open source maturity of $OSMM_SCAN_ORGANISATION"
body="$RUNNER_TEMP/osmm-scan-issue.md"
# An issue holds 65,536 characters; the report is cut at a line, and the branch has all of it.
head --bytes 60000 "$RUNNER_TEMP/osmm-scan-branch/report/osmm-scan.md" | sed '$d' >"$body"
printf '\n\nThe whole report is on the branch `%s`.\n' "$OSMM_SCAN_BRANCH" >>"$body"

number="$(gh issue list --repo "$GITHUB_REPOSITORY" --state open --label osmm-scan \
    --json number,title --jq '[.[] | select(.title == env.OSMM_SCAN_TITLE)][0].number // empty')"
if [ -n "$number" ]; then
    gh issue edit "$number" --repo "$GITHUB_REPOSITORY" --body-file "$body"
else
    gh label create osmm-scan --repo "$GITHUB_REPOSITORY" --force \
        --description "Kept up to date by osmm-scan"
    gh issue create --repo "$GITHUB_REPOSITORY" --title "$OSMM_SCAN_TITLE" --label osmm-scan \
        --body-file "$body"
fi
