"""Which single words matter, and which do not, where a text differs from a license."""

from __future__ import annotations

from osmm_scan.collectors.licensing.words import vocabulary

# Words that, put into a grant, can turn it round.
OPERATIVE = vocabulary(
    """
    academic agree agrees approval benefit buy cannot commercial commercially compete competing
    consent days educational employees ethical evaluation evil except excluding
    exclusively expire expires fee fees forbidden good government harm hosted individuals internal
    military modification modifications must never no non noncommercial nonprofit not only owned
    paid pay payment permission permitted personal private prohibited prohibits provided purchase
    purchased registered required requires research restricted restriction restrictions restricts
    revenue revoke revoked royalty saas sell selling service services shall sold solely student
    students subscription terminate terminated train training trial unless until unmodified
    without weapons write written
    """
)
# Words that, taken out of a grant, narrow it.
GRANTING = vocabulary(
    """
    any charge commercial copy cost distribute fee free grant granted hereby irrevocable merge
    modification modify noncommercial not permission permitted perpetual person publish purpose
    redistribute redistribution reproduce royalty sell sublicense use without worldwide
    """
)
# Words that change nothing wherever they stand in a license: names of the thing and its makers,
# and what joins words. Real copies of licenses hardly ever have others.
IDLE = vocabulary(
    """
    a an and as at author authors by code copyright description documentation email file files
    for from fullname holder holders http in inc is it its library licenses llc ltd module name
    names nor of on or org organization our owner package program project see software source
    that the their these this to under url with work www year years yyyy
    """
)
# What the addresses of the Free Software Foundation are made of, beside numbers.
STREETS = vocabulary(
    """
    ave avenue boston cambridge fifth fl floor foundation franklin free inc ma mass massachusetts
    place software st street suite temple th usa
    """
)
# Negations and duties that are worded in more than one way.
ALIKE = (
    vocabulary("may shall must will should can"),
    vocabulary("not nor neither no none"),
)
