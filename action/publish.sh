#!/usr/bin/env bash
# Keep history and reports on a branch of their own, as its only commit.
set -euo pipefail

branch="$RUNNER_TEMP/osmm-scan-branch"
remote="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"
before="$(git -C "$branch" rev-parse --quiet --verify HEAD || true)"

git -C "$branch" checkout --quiet --orphan publication
git -C "$branch" add --all history.db report
git -C "$branch" \
    -c user.name='github-actions[bot]' \
    -c user.email='41898282+github-actions[bot]@users.noreply.github.com' \
    commit --quiet --message "Scan $OSMM_SCAN_ORGANISATION as of $OSMM_SCAN_DAY"
# Another scan that ended meanwhile is not overwritten.
git -C "$branch" push --quiet --force-with-lease="refs/heads/$OSMM_SCAN_BRANCH:$before" \
    "$remote" "HEAD:refs/heads/$OSMM_SCAN_BRANCH"
