"""The CI systems besides GitHub Actions: where their files stand and who runs them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from osmm_scan.collectors.studies.workflows.globs import matches
from osmm_scan.sources.repository import Entry, EntryKind

_FORGES = ("github", "gitlab", "bitbucket", "codeberg")


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A CI system. `forge` is the only kind of host that runs it, where there is one.

    `may_be_left` marks a system whose files stay behind in many repositories that left it.
    """

    name: str
    files: tuple[str, ...]
    forge: str = ""
    may_be_left: bool = False

    def is_run_by(self, host: str | None) -> bool | None:
        """Tell whether a host runs these files, None when that cannot be seen."""
        if self.may_be_left:
            return None
        other = self.forge and host and any(name in host for name in _FORGES)
        return None if other and self.forge not in (host or "") else True


GITHUB = System(name="GitHub Actions", files=(".github/workflows/*.y*ml",), forge="github")
GITLAB = System(name="GitLab CI", files=(".gitlab-ci.y*ml",), forge="gitlab")
JENKINS = System(
    name="Jenkins", files=("Jenkinsfile", "Jenkinsfile.*", "*/Jenkinsfile", ".jenkins/*.groovy")
)
OTHERS = (
    System(name="AppVeyor", files=("appveyor.y*ml", ".appveyor.y*ml")),
    System(name="AWS CodeBuild", files=("buildspec.y*ml",)),
    System(
        name="Azure Pipelines",
        files=(
            "azure-pipelines*.y*ml",
            ".azure-pipelines/**.y*ml",
            ".azuredevops/**.y*ml",
            "azure-pipelines/**.y*ml",
            "eng/pipelines/**.y*ml",
        ),
    ),
    System(name="Bitbucket Pipelines", files=("bitbucket-pipelines.y*ml",), forge="bitbucket"),
    System(name="Buildkite", files=(".buildkite/*.y*ml",)),
    System(name="CircleCI", files=(".circleci/config.y*ml",)),
    System(name="Cirrus CI", files=(".cirrus.y*ml",)),
    System(name="Drone", files=(".drone.y*ml",)),
    System(name="Google Cloud Build", files=("cloudbuild.y*ml",)),
    System(name="Prow", files=(".prow.y*ml", ".prow/*.y*ml")),
    System(name="Semaphore", files=(".semaphore/*.y*ml",)),
    System(name="SourceHut", files=(".build.y*ml", ".builds/*.y*ml")),
    System(name="Tekton", files=(".tekton/*.y*ml",)),
    # The free service for open projects ended in 2021 and left its files everywhere.
    System(name="Travis CI", files=(".travis.y*ml",), may_be_left=True),
    System(name="Woodpecker", files=(".woodpecker.y*ml", ".woodpecker/*.y*ml")),
    System(name="Zuul", files=(".zuul.y*ml", "zuul.y*ml", ".zuul.d/*.y*ml", "zuul.d/*.y*ml")),
)
# These forges took over the format of GitHub.
GITHUB_LIKE = (
    System(name="Forgejo Actions", files=(".forgejo/workflows/*.y*ml",), forge="codeberg"),
    System(name="Gitea Actions", files=(".gitea/workflows/*.y*ml",), forge="codeberg"),
)


def files_of(system: System, entries: Mapping[str, Entry]) -> Iterator[str]:
    """Yield the files of a system in order."""
    beginnings = tuple(pattern.partition("*")[0] for pattern in system.files)
    for path, entry in entries.items():
        if (
            path.startswith(beginnings)
            and entry.kind is not EntryKind.SUBMODULE
            and any(matches(pattern, path, separator="/") for pattern in system.files)
        ):
            yield path
