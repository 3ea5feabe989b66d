"""How terms are worded that take back what a license grants, or that only a reader can judge.

All patterns are for lower-case words with single spaces, and every gap in them is bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """What words beside a license do to it."""

    RESTRICTS = "restricts"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Term:
    """A kind of term: what it does, and the words that show it."""

    weight: Weight
    why: str
    pattern: re.Pattern[str]


def find_term(said: str, *weights: Weight) -> tuple[Term, re.Match[str]] | None:
    """Return the gravest term of these weights in a passage, and where it stands."""
    for term in _TERMS:
        if term.weight in weights and (found := term.pattern.search(said)) is not None:
            return term, found
    return None


def without_formulas(said: str, *, leads_in: bool) -> str:
    """Return a passage with what stands beside many licenses and means no harm blanked out.

    If it leads in to a license, that includes the announcement of it.
    """
    said = _FORMULA.sub(_blank, said)
    return _ANNOUNCEMENT.sub(_blank, said) if leads_in else said


def _blank(found: re.Match[str]) -> str:
    return " ".join("_" * (found[0].count(" ") + 1))


def _near(one: str, other: str, within: int = 12) -> str:
    gap = rf"(?: \w+){{0,{within}}}? "
    return rf"\b{one}\b{gap}{other}\b|\b{other}\b{gap}{one}\b"


_FORMULA = re.compile(
    r"\b(?:unless|except) (?:\w+ ){0,3}?(?:otherwise|noted|stated|specified|documented|indicated)"
    r"(?: (?:otherwise|noted|stated|specified|documented|indicated|below|above|in|here))*\b"
    r"|\bused (?:with|by) permission\b|\bwithout (?:any )?(?:warranty|warranties)\b"
    r"|\bwith no warranty\b|\bcomes with (?:absolutely )?no (?:warranty|guarantee)\b"
    r"|\bdo not edit\b|\b(?:end of )?terms and conditions\b|\bwithout restrictions?\b"
    r"|\bno (?:copyright|rights reserved)\b|\bno longer maintained\b|\bif not (?:see|write)\b"
    r"|\bmay not use (?:this|the) \w+ except in compliance with the license\b"
    r"|\bnot (?:affiliated with|endorsed by|limited to)\b|\bthe license terms of\b"
    r"|\bmay not apply\b|\bnot distributed with this file\b|\bonly valid version of the\b"
    r"|\b(?:on|under) (?:the |their (?:respective )?)?(?:license )?terms(?: of)?\b"
    r"|\b(?:licensed for use|use the|used by this software|your (?:option|choice))\b"
    r"|\b(?:can|may) (?:also )?be (?:found|obtained|downloaded|used under)\b|\bif you cannot\b"
    r"|\byou (?:can|may) (?:find|obtain|get)\b|\byou should have received a copy\b"
    r"|\bmay follow\b|\bwhich can be\b|\bthe same license\b"
    r"|\b(?:conditions|terms) of (?:either|both|one)\b|\bsubject to (?=_)"
    r"|\bif a copy of the mpl was\b|\b(?:their|the) terms (?:may differ|differ|above|below)\b"
    r"|\bcommercial(?:ly)? (?:and|or) noncommercial(?:ly)?(?: use| purposes)?\b"
    r"|\bnoncommercial(?:ly)? (?:and|or) commercial(?:ly)?(?: use| purposes)?\b"
    r"|\bnot be used(?: (?:advertising|derived|distribution|endorse|from|in|of|or|pertaining"
    r"|products|promote|publicity|software|the|this|to)){1,15} without"
    r"(?: (?:specific|express|written|prior)){1,3} permission\b"
    r"|\bwe recommend you\b|\bsubject to the following clarification and special exception\b"
    r"|\blanguage governing (?:rights|permissions) and limitations\b"
)
# "... under the following terms:", directly before them.
_ANNOUNCEMENT = re.compile(
    r"\b(?:(?:subject to|under|by|with|as) )?(?:the )?(?:following|same|below)(?: \w+){0,8}$"
)

_NEGATION = (
    r"(?:not|no|never|cannot|cant|without|prohibit\w*|forbid\w*|disallow\w*|restrict\w*|exclud\w*"
    r"|except|unless|requires?|required|must|needs?|only|solely|exclusively|purchase|obtain"
    r"|pay|paid|fee|separate|permission|consent|contact|ask)"
)
_FIRM_NEGATION = (
    r"(?:not|no|never|cannot|cant|without|prohibit\w*|forbid\w*|exclud\w*|except|unless|only)"
)
_USE = (
    r"(?:us(?:e|ed|age|ing)|run|copy|copied|cop(?:ies|ying)|modif(?:y|ied|ication)|sell|sold|resell"
    r"|distribut(?:e|ed|ing)|redistribut(?:e|ed|ing)|publish(?:ed)?|sublicens(?:e|ed|ing)"
    r"|host(?:ed)?|deploy(?:ed)?|offer(?:ed)?|provide[d]?|rent(?:ed)?|lease[d]?|train(?:ed)?"
    r"|incorporate[d]?|embed(?:ded)?|bundle[d]?|compete|access(?:ed)?|download(?:ed)?"
    r"|install(?:ed)?|share[d]?|fork(?:ed)?|commercial\w*|decompile[d]?|remove[d]?)"
)
_FIELD = (
    r"(?:personal|private|internal|educational|education|academic|research|evaluation|testing"
    r"|demonstration|hobby|home|students?|nonprofit|noncommercial|scientific|development"
    r"|individuals?|experimental|learning|study|nonproduction)"
)
_COUNTED = (
    r"(?:users?|employees?|persons?|people|seats?|servers?|devices?|machines?|computers?|cpus?"
    r"|cores|nodes|instances|developers?|installations?|customers?|subscribers?|downloads"
    r"|requests|transactions|revenues?|turnover|income|usd|eur|gbp|dollars?|euros?|funding)"
)
_NUMBER = (
    r"(?:[0-9][0-9.]*[kmb]?|one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand"
    r"|million|billion)"
)
_COMPARED = (
    r"(?:(?:more|fewer|less|greater|higher|larger|other) than|up to|at (?:most|least)|maximum"
    r"|exceed\w*|over|above|under|below|limit\w*|first)"
)
# "You may not use this file except in compliance with the License": that is a notice.
_UNLESS_COMPLYING = r"(?!(?: \w+){0,3} except in compliance)"
_ACTS = r"(?:permission|consent|approval|authori[sz]ation)"

_RESTRICTING: tuple[tuple[str, str], ...] = (
    ("names the Commons Clause", r"\bcommons clause\b"),
    ("is for noncommercial use", r"\bnoncommercial(?:ly)?\b|\bnot for profit\b"),
    (
        "limits commercial use",
        _near(
            r"(?:commercial(?:ly)?|commercializ\w+|commercialis\w+|monetiz\w+|monetis\w+|for profit"
            r"|in production|production use)",
            _NEGATION,
        ),
    ),
    (
        "limits the field of use",
        rf"\b{_FIELD}(?: \w+){{0,4}}? only\b"
        rf"|\b(?:only|solely|exclusively|limited to|restricted to)(?: \w+){{0,6}}? {_FIELD}\b",
    ),
    (
        "forbids some use",
        rf"\b(?:may|must|shall|can|should|might) (?:not|never|only)(?: \w+){{0,5}}? {_USE}\b"
        rf"{_UNLESS_COMPLYING}|\b(?:cannot|cant|mustnt)(?: \w+){{0,5}}? {_USE}\b"
        rf"|\b(?:do not|dont|never|not to)(?: \w+){{0,1}}? {_USE}\b"
        rf"|\bno (?:part|portion|one|person|use|copy|copies|derivatives?|redistribution|resale)\b",
    ),
    (
        "forbids something",
        r"\b(?:prohibit(?:ed|s)?|forbid(?:den|s)?|disallow(?:ed|s)?|banned|unauthori[sz]ed"
        r"|not (?:be )?(?:allowed|permitted|authori[sz]ed))\b",
    ),
    (
        "withholds the license",
        r"\b(?:not|never|no longer|isnt) (?:\w+ ){0,3}?(?:licensed|open source|free software)\b"
        r"|\bno (?:other )?(?:licen[sc]e|rights?|permissions?) (?:\w+ ){0,3}?(?:granted|given)\b"
        r"|\b(?:does|do|shall|will) not (?:\w+ ){0,3}?(?:grant|include)(?: \w+){0,4}?"
        r" (?:rights?|licenses?|permissions?)\b",
    ),
    (
        "limits how much it is used",
        rf"\b{_COMPARED}(?: \w+){{0,3}}? {_NUMBER}(?: \w+){{0,3}}? {_COUNTED}\b"
        rf"|\b{_COUNTED}(?: \w+){{0,4}}? {_COMPARED}(?: \w+){{0,3}}? {_NUMBER}\b"
        r"|\b(?:annual|gross|yearly|monthly|total)(?: \w+){0,3}? (?:revenues?|income|turnover"
        r"|sales|budget)\b|\bmonthly active\b",
    ),
    (
        "sets ethical conditions",
        r"\b(?:military|weapon\w*|warfare|surveillance|genocid\w*|torture|slavery|human rights"
        r"|law enforcement|police|immigration|nuclear|evil|unethical\w*|ethical|immoral"
        r"|racis\w+|fascis\w+|nazi\w*|terroris\w+|gambling|pornograph\w*|animal testing"
        r"|fossil fuels?|deepfakes?|harm|996|labor laws?|oppress\w*)\b",
    ),
    (
        "limits offering it as a service",
        _near(
            r"(?:as a service|saas|hosted|hosting|managed service|cloud (?:providers?|services?))",
            _NEGATION,
        )
        + r"|\bcompet(?:e|es|ing|itive|itors?)\b",
    ),
    (
        "limits training on it",
        _near(
            r"(?:train|training|machine learning|artificial intelligence|language models?|datasets?"
            r"|ai models?|generative)",
            _FIRM_NEGATION,
        ),
    ),
    (
        "asks for payment",
        r"\b(?:must|requires?|required|shall|need|needs|unless|until|after|provided)"
        r"(?: \w+){0,8}? (?:pay|paid|payment|purchas\w+|subscri\w+|buy|fees?|royalt(?:y|ies))\b"
        r"|\b(?:purchase|buy|acquire) (?:\w+ ){0,3}?licenses?\b",
    ),
    (
        "asks for permission",
        rf"\b(?:without|obtain\w*|requires?|required|unless|needs?|ask)(?: \w+){{0,5}}? {_ACTS}\b",
    ),
    (
        "limits how long it may be used",
        r"\b(?:evaluation|trial) (?:period|copy|license|version|use|only)\b"
        r"|\b(?:within|after|for) (?:\w+ ){0,2}?(?:days|months)\b|\bchange date\b|\bexpires?\b",
    ),
    (
        "can be taken back",
        r"\b(?:reserves?|have|has) the right to (?:\w+ ){0,3}?(?:revoke|terminate|change|withdraw"
        r"|modify the)\b|\brevocable\b"
        r"|\bmay (?:be )?(?:revoked?|terminated?) (?:\w+ ){0,3}?(?:at any time|notice)\b",
    ),
    (
        "excludes some people",
        r"\b(?:except|excluding|excludes|other than|unless you are|not available to)"
        r"(?: \w+){0,6}? (?:compan(?:y|ies)|corporations?|governments?|citizens?|countries"
        r"|residents?|organizations?|individuals?|employees|persons?)\b",
    ),
)
_DOUBTFUL: tuple[tuple[str, str], ...] = (
    (
        "adds terms",
        r"\b(?:additional|additionally|further|special|extra|supplementa\w+|modified)"
        r" (?:\w+ ){0,2}?(?:terms?|conditions?|restrictions?|clauses?|limitations?|requirements?"
        r"|provisions?)\b|\b(?:following|these) (?:\w+ ){0,1}?(?:terms?|conditions?|restrictions?"
        r"|clauses?|exceptions?|limitations?|requirements?|provisions?)\b"
        r"|\b(?:provided|as long as) (?:that )?(?:you|the|all|this)\b|\bon (?:the )?condition\b",
    ),
    (
        "leaves something out",
        r"\b(?:does|do|shall|will) not (?:\w+ ){0,3}?(?:apply|extend|cover|include)\b"
        r"|\bnot (?:covered|licensed|available|released) (?:by|under)\b",
    ),
    (
        "sets duties",
        r"\b(?:you|users?|licensees?|recipients?|anyone|everyone|who) (?:\w+ ){0,4}?(?:must"
        r"|shall|agree|agrees|may only|have to|has to|are required|are obliged)\b"
        r"|\bby (?:using|downloading|installing|accessing|copying)\b"
        r"|\b(?:must|should) (?:\w+ ){0,4}?(?:include|credit|mention|link|display|notify|share"
        r"|retain|keep|give|acknowledge|cite|be)\b",
    ),
    (
        "says more than a license name",
        r"\b(?:us(?:e|es|ed|ing|age|ers?)|must|may|shall|should|can|cannot|cant|will|not|no|never"
        r"|only|if|unless|except|excepting|excepted|exclu\w+|grant\w*|restrict\w*|prohibit\w*"
        r"|limit(?:s|ations?|ed (?:to|by|for))?|permi\w+"
        r"|agree[sd]?|accept\w*|requir\w*|subject|terms?|condition\w*|violat\w*|allow\w*|deny"
        r"|denied|forbid\w*|fees?|pay\w*|price\w*|commercial\w*|purposes?|companies|per|caps?"
        r"|maximum|months?|fields?|academic|exempt\w*|withdraw\w*|terminat\w*|revok\w*|anyone"
        r"|everyone|you|your|without|however|but|provided|clause|proprietary|confidential"
        r"|conduct|harm\w*|instead|respect|obligat\w*|entit(?:y|ies)|citizens?|while|when"
        r"|solely|exclusively|noncommercial|trial|evaluation|royalt\w+|violation)\b",
    ),
    (
        "speaks of terms in another language",
        r"\b(?:kommerziell\w*|nutzung\w*|verboten|untersagt|lizenz\w*|ausschlie\w+|interdit\w*"
        r"|utilisation|uniquement|commercial(?:e|es|i|mente)|comercia\w+|prohibid\w+|proibid\w+"
        r"|licencia|somente|vietat\w+|commercie\w+|gebruik\w*|komercyjn\w*|kaupall\w*)\b"
        "|\u043a\u043e\u043c\u043c\u0435\u0440\u0447|\u0438\u0441\u043f\u043e\u043b\u044c\u0437"
        "|\u0437\u0430\u043f\u0440\u0435\u0449|\u043b\u0438\u0446\u0435\u043d\u0437"
        "|\u5546\u4e1a|\u5546\u696d|\u5546\u7528|\u7981\u6b62|\u4e0d\u5f97|\u4ec5|\u8bb8\u53ef"
        "|\u6388\u6743|\u6388\u6b0a|\uc0c1\uc5c5|\uae08\uc9c0",
    ),
)
_TERMS = tuple(
    Term(weight, why, re.compile(pattern))
    for weight, listed in ((Weight.RESTRICTS, _RESTRICTING), (Weight.UNCLEAR, _DOUBTFUL))
    for why, pattern in listed
)
