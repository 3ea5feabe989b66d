"""Recognise the documents in which an organization says how it deals with open source.

Each class of `rules/documents/` is one fact: the best such document of the repository. A product's
own documents count for what concerns the product, and not as rules of its owner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from osmm_scan.collectors.documents.ages import ages
from osmm_scan.collectors.documents.candidates import (
    SIZE_LIMIT,
    candidates,
    is_general,
    is_named,
)
from osmm_scan.collectors.documents.figures import FIGURES
from osmm_scan.collectors.documents.gathering import Document, gathered
from osmm_scan.collectors.documents.languages import is_foreign
from osmm_scan.collectors.documents.reading import Reading
from osmm_scan.collectors.documents.recognition import SUBSTANTIVE, Finding, recognise
from osmm_scan.collectors.documents.rubrics import Rubric, Rubrics, load_rubrics
from osmm_scan.collectors.documents.tallies import tallies
from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing, Value

# One page may lean that way; where so many advise, all of them are written for others.
_ADVICE_PAGES = 5
_ADVICE = frozenset({"advice", "standard"})

_CLASSES = {
    "cla_dco_process": "how contributor agreements and sign-offs are handled",
    "community_manager": "who is responsible for the community",
    "compliance_report": "figures about how well the controls of consumption work",
    "component_selection_criteria": "factors for choosing among components",
    "consumption_policy": "rules for using open source",
    "contribution_policy": "rules for contributing to projects of others",
    "contribution_review_policy": "rules for reviewing contributions",
    "control_mapping": "which controls meet which obligations",
    "employee_ip_guidance": "what belongs to the employer and what people may do in their own time",
    "executive_statement": "that an executive commits to open source",
    "foundation_kpis": "figures about what foundations bring",
    "foundation_membership": "memberships in foundations and their purpose",
    "governance_charter": "the charter of a body that decides for the organization",
    "incubation_criteria": "tests that a project must pass to be published or graduated",
    "license_policy": "licenses sorted into usable, conditional and prohibited ones",
    "lifecycle_policy": "when projects end, and what is done then",
    "maintainers_list": "who maintains a project",
    "metrics_report": "figures about the programme or the health of projects",
    "open_sourcing_process": "the path from internal code to a public project",
    "ospo_identity": "the open source office and its purpose",
    "oss_roadmap": "the plan of the open source programme",
    "project_evaluation": "how projects are assessed before they are relied on",
    "project_governance": "roles, decisions and how authority changes hands",
    "recognition_programme": "how contributors are honoured",
    "risk_governance": "risks of open source with owners, ratings and tolerances",
    "roi_metrics": "costs and value of open source in figures",
    "security_policy": "how to report a vulnerability",
    "stakeholder_roster": "which functions take part in open source matters",
    "strategy": "what the organization wants to reach with open source",
    "support_plan": "support arrangements for components in use",
    "tech_radar": "technologies sorted into rings",
    "training_coverage": "which share of the people was trained",
    "training_material": "training in open source",
    "upstream_target_list": "upstream projects to contribute to",
}

FACTS: Mapping[str, str] = {
    f"document.{name}": f"the best document that gives {means}: its quality and what it says"
    for name, means in _CLASSES.items()
}

DETAILS: Mapping[str, str] = {
    "document.found": "a document of quality 1 or more, with what it has and what it lacks",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All documents of a repository, near misses included, and what could not be read.

    `foreign` are in a language that the rubrics do not know. `others` are classes of which there
    are documents among much advice to other organizations, so that nobody can tell whether they
    are their owner's own.
    """

    documents: tuple[Document, ...]
    unread: Mapping[str, Unobserved]
    is_cut: bool
    foreign: tuple[str, ...] = ()
    speaks_for_all: bool = True
    others: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str) -> list[Document]:
        """Return the documents of one class."""
        return [one for one in self.documents if one.finding.name == name]

    def best(self, name: str) -> Document | None:
        """Return the best document of one class, None when there is none but near misses."""
        best = max(self.of(name), key=_rank, default=None)
        return best if best is not None and best.finding.quality else None


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield the best document of every class, and each document that was found."""
    library = observer.once(read_library)
    rubrics = load_rubrics(observer.packs)
    told = [one for one in library.documents if one.finding.quality >= SUBSTANTIVE]
    told += [one for name in _CLASSES if (one := library.best(name)) is not None]
    old = ages(observer, {one.path: one.text for one in told})
    for name in _CLASSES:
        yield _fact(observer, rubrics.classes[name], library, old)
    for document in library.documents:
        if document.finding.quality:
            yield _detail(observer, document)


def read_library(observer: Observer) -> Library:
    """Return what the files of a repository are."""
    rubrics = load_rubrics(observer.packs)
    entries = observer.repository.entries()
    paths, is_cut = candidates(entries, rubrics, observer.repository.name)
    speaks_for_all = is_general(observer.repository.name, entries)
    unread: dict[str, Unobserved] = {}
    documents: list[Document] = []
    foreign: list[str] = []
    observer.repository.expect(paths)
    for path in paths:
        try:
            text = observer.repository.text(path, limit=SIZE_LIMIT)
        except Unobserved as reason:
            unread[path] = reason
            continue
        if is_foreign(text):
            foreign.append(path)
        for finding in recognise(text, path, rubrics, observer.repository.name):
            judged = finding if speaks_for_all else _of_product(finding, rubrics)
            documents.append(Document(path=path, text=text, finding=judged))
    own, others = _without_advice(gathered(documents), rubrics)
    return Library(
        documents=tuple(own),
        unread=unread,
        is_cut=is_cut,
        foreign=tuple(foreign),
        speaks_for_all=speaks_for_all,
        others=others,
    )


def _of_product(finding: Finding, rubrics: Rubrics) -> Finding:
    """Return a finding in a product's repository, whose rules bind the product only."""
    rubric = rubrics.classes[finding.name]
    is_part = bool(rubric.form) and finding.quality < SUBSTANTIVE
    if rubric.of != "organization" or not finding.quality or finding.binds_staff or is_part:
        return finding
    why = "it stands in a product's repository and does not speak for the organization"
    return replace(finding, quality=1 if finding.quality >= SUBSTANTIVE else 0, why=why)


def _without_advice(
    documents: list[Document], rubrics: Rubrics
) -> tuple[list[Document], dict[str, str]]:
    """Return the documents, and by class where one may belong to a body of advice to others."""
    advice = {one.path for one in documents if one.finding.gate in _ADVICE}
    if len(advice) < _ADVICE_PAGES:
        return documents, {}
    own: list[Document] = []
    others: dict[str, str] = {}
    for one in documents:
        if one.finding.quality and rubrics.classes[one.finding.name].of == "organization":
            others.setdefault(one.finding.name, one.path)
        else:
            own.append(one)
    return own, others


def _fact(
    observer: Observer, rubric: Rubric, library: Library, old: Mapping[str, Value]
) -> Evidence:
    key = f"document.{rubric.name}"
    best = library.best(rubric.name)
    if best is not None:
        value: dict[str, Value] = {**best.finding.parts, **_kinds(rubric, library.of(rubric.name))}
        value |= {"present": True, "quality": best.finding.quality}
        value["age_days"] = old[best.path]
        reading = Reading(best.path, best.text)
        value |= {
            part: FIGURES[name](reading, observer.as_of) for part, name in rubric.figures.items()
        }
        value |= tallies(rubric, library.of(rubric.name), old)
        return observer.fact(key, value, best.path, best.line)
    if rubric.name in library.others:
        why = "it stands among advice to other organizations and may not be the owner's own"
        reason = Unobserved(Missing.NOT_SUPPORTED, why)
        return observer.missing(key, reason, library.others[rubric.name])
    for path, reason in _unseen(library, rubric):
        if is_named(path, rubric.paths):
            return observer.missing(key, reason, path)
    if library.is_cut:
        why = "more files may be documents than are read of one repository"
        return observer.missing(key, Unobserved(Missing.TRUNCATED, why))
    none = {"present": False, "quality": 0, **_kinds(rubric, ()), **tallies(rubric, (), {})}
    return observer.fact(key, none)


def _unseen(library: Library, rubric: Rubric) -> Iterator[tuple[str, Unobserved]]:
    """Yield the files that may be of a class for all that is known of them."""
    yield from library.unread.items()
    if not rubric.form and (library.speaks_for_all or rubric.of != "organization"):
        why = "it is in a language that the rubrics do not know"
        reason = Unobserved(Missing.NOT_SUPPORTED, why)
        yield from ((path, reason) for path in library.foreign)


def _rank(document: Document) -> tuple[int, int, int, str]:
    """The best is the one of most quality, then of most elements, then the least deep."""
    finding = document.finding
    depth = document.path.count("/")
    return finding.quality, len(finding.elements), -depth, document.path


def _kinds(rubric: Rubric, found: Iterable[Document]) -> dict[str, Value]:
    """Return the best quality among the documents of each kind of a class."""
    best = dict.fromkeys(rubric.kinds, 0)
    for document in found:
        for kind in document.finding.kinds:
            best[kind] = max(best[kind], document.finding.quality)
    return {f"{kind}_quality": quality for kind, quality in best.items()}


def _detail(observer: Observer, document: Document) -> Evidence:
    finding = document.finding
    value: dict[str, Value] = {
        "class": finding.name,
        "quality": finding.quality,
        "elements": tuple(sorted(finding.elements)),
        "missing": finding.missing,
    }
    if finding.why:
        value["why"] = finding.why
    return observer.fact("document.found", value, document.path, document.line)
