"""Whether a repository holds something that is deployed, and states what runs immutably."""

from __future__ import annotations

import re
from dataclasses import dataclass

from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.contents import Manifest, study
from osmm_scan.collectors.inventory.files import Chosen, first, is_side, nearest
from osmm_scan.collectors.inventory.statements import Role
from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved

_MOST_FILES = 150

# Files that a host of services asks for.
_HOSTED = re.compile(
    r"""
      (?:Procfile|app\.ya?ml|fly\.toml|render\.yaml|railway\.json|serverless\.ya?ml|skaffold\.ya?ml)
    | (?:.*/)?(?:kustomization\.ya?ml|Chart\.yaml)
    """,
    re.VERBOSE,
)
_COMPOSE = re.compile(r"(?:.*/)?(?:docker-)?compose[^/]*\.ya?ml")
_DESCRIPTOR = re.compile(
    r"""
      (?:.*/)?(?:(?:(?:docker-)?compose[^/]*|kustomization|values[^/]*)\.ya?ml | [^/]+\.tf)
    | (?:.*/)?(?:argocd|base|charts?|clusters?|deploy|deployments?|environments|gitops|helm|k8s
        |kubernetes|kustomize|manifests|overlays)/.*\.ya?ml
    """,
    re.VERBOSE,
)
_WORKLOAD = re.compile(
    r"^kind:\s*['\"]?(?:CronJob|DaemonSet|Deployment|Rollout|StatefulSet)\b", re.MULTILINE
)
_BUILT = re.compile(r"^\s+build:", re.MULTILINE)
# `image: name@sha256:...`, or a field beside the name as in Helm values and kustomize.
_DIGEST = re.compile(r"(?:@|\bdigest\b['\"]?\s{0,9}[:=]\s{0,9}['\"]?)sha256:[0-9a-f]{64}\b")
_CLOSE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptors:
    """What deployment descriptors show, and why one of them could not be read."""

    workload: Answer | None
    digest: Answer | None
    fault: Unobserved | None
    chosen: Chosen

    def answer(self, found: Answer | None) -> Answer:
        """Return what was found; open when nothing was and a descriptor could not be read."""
        if found is None and self.fault is not None:
            raise self.fault
        if found is None:
            self.chosen.require_all("deployment descriptors")
        return found or Answer(False)


def deployable(observer: Observer) -> Answer:
    """Answer whether the repository holds something that is deployed as a service."""
    inventory = observer.once(study)
    for manifest in filter(_is_image, inventory.manifests):
        if any(package.role is Role.APPLICATION for package in manifest.packages):
            return Answer(True, manifest.path)
    hosted = first(observer, _HOSTED)
    if hosted is not None:
        return Answer(True, hosted)
    descriptors = observer.once(read_descriptors)
    answer = descriptors.answer(descriptors.workload)
    if not answer.value:
        inventory.require_readable("nothing that is deployed was seen", _is_image)
    return answer


def stated(observer: Observer) -> Answer:
    """Answer whether a deployment descriptor names an image of the project by its digest.

    Images of others, such as a database beside the service, do not tell what of this project runs.
    """
    descriptors = observer.once(read_descriptors)
    return descriptors.answer(descriptors.digest)


def read_descriptors(observer: Observer) -> Descriptors:
    """Return what the deployment descriptors nearest to the root show."""
    workload, digest, fault = None, None, None
    chosen = nearest(observer, _DESCRIPTOR, _MOST_FILES)
    for path in chosen.paths:
        if is_side(path):
            continue
        try:
            text = observer.repository.text(path)
        except Unobserved as reason:
            fault = fault or Unobserved(reason.missing, f"{path}: {reason.why}")
            continue
        is_compose = _COMPOSE.fullmatch(path) is not None
        workload = workload or _first(_BUILT if is_compose else _WORKLOAD, path, text)
        digest = digest or _own_digest(observer.repository.name, path, text)
    return Descriptors(workload=workload, digest=digest, fault=fault, chosen=chosen)


def _is_image(manifest: Manifest) -> bool:
    return manifest.ecosystem == "docker" and not is_side(manifest.path)


def _own_digest(name: str, path: str, text: str) -> Answer | None:
    """Return the first digest that follows the name of the repository or its owner closely."""
    parts = "|".join(re.escape(part) for part in name.lower().split("/") if len(part) > 2)
    own = re.compile(rf"(?<![a-z0-9])(?:{parts or '$.'})(?![a-z0-9])")
    for found in _DIGEST.finditer(text):
        before = text[max(0, found.start() - _CLOSE) : found.start()].lower()
        # In a compose file the name must be in the image itself: services stand close together.
        if own.search(before.rpartition("\n")[2] if _COMPOSE.fullmatch(path) else before):
            return Answer(True, path, text.count("\n", 0, found.start()) + 1)
    return None


def _first(pattern: re.Pattern[str], path: str, text: str) -> Answer | None:
    found = pattern.search(text)
    return Answer(True, path, text.count("\n", 0, found.start()) + 1) if found else None
