"""Words that take back what a license grants are never overlooked."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.licensing.recognition import Kind, recognize
from osmm_scan.collectors.licensing.terms import Weight
from tests.collectors.licensing.texts import APACHE, BSD, MIT, license_text

HARMLESS = (
    "The MIT License (MIT)",
    "Copyright (c) 2020-2024 Ada Lovelace and contributors. All rights reserved.",
    "Portions copyright Acme Limited and the Acme Research Company.",
    "See https://opensource.org/licenses/MIT for details.",
    "Unless otherwise noted, the following license applies to all files:",
    "This project is licensed under the MIT License.",
    "The complete list of contributors can be found at https://example.org/people",
    "This icon is used with permission.",
)

RIDERS = (
    "The Software may not be used for commercial purposes.",
    "Commercial use requires a paid license.",
    "For commercial use, contact sales@example.com.",
    "Non-commercial use only.",
    "This license is granted for personal and educational use only.",
    "Free for organizations with fewer than 10 employees.",
    "You may not use it if your company has more than $1,000,000 in annual revenue.",
    "Use in production requires a subscription.",
    "The Software shall be used for Good, not Evil.",
    "Military use is forbidden.",
    "You may not use this software to develop weapons.",
    "This software may not be used by law enforcement agencies.",
    "You may not provide the software to third parties as a hosted or managed service.",
    "The License does not grant to you the right to Sell the Software.",
    "The software must not be used to train machine learning models.",
    "Redistribution is prohibited without prior written permission of the author.",
    "You must display the Acme logo on every page of your application.",
    "This is NOT licensed under the MIT License.",
    "No license is granted.",
    "This license expires on 31 December 2026.",
    "We reserve the right to revoke this license at any time.",
    "Citizens of Freedonia may not use this software.",
    "Using this software to compete with Acme is not allowed.",
    "You may run at most three instances.",
    "Users must pay a fee of 10 USD per seat.",
    "Only companies registered in the EU may use this software.",
    "Any use that harms people, animals or the environment is excluded.",
    "Modified versions must be published within 30 days.",
    "Die kommerzielle Nutzung ist untersagt.",
    "Uso comercial prohibido.",
    "L'utilisation commerciale est interdite.",
    "\u7981\u6b62\u5546\u4e1a\u7528\u9014",
    "Evaluation purposes only.",
    "The above permission does not extend to cloud providers.",
    "Subject to the Acme Community Terms at https://acme.example/terms",
    "By using this software you accept the EULA.",
    "Amazon, Google and Microsoft are excluded from this grant.",
    "It is a violation of this license to mine cryptocurrency with it.",
    "Usage cap: 1000 requests per month.",
    "Fields of use: academic research.",
    "Be good. Do no crimes.",
)

PLACES = {
    "before": "{rider}\n\n{text}",
    "after": "{text}\n\n{rider}\n",
    "on the last line": "{text} {rider}\n",
    "in the copyright notice": "MIT License\n\nCopyright (c) 2020 Ada. {rider}\n\n{text}",
}


@pytest.mark.parametrize("words", HARMLESS)
def test_what_means_no_harm_is_no_rider(words: str) -> None:
    recognition = recognize(f"{words}\n\n{MIT}")

    assert (recognition.kind, recognition.riders) == (Kind.TEXT, ())


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("rider", RIDERS)
def test_a_rider_beside_a_license_keeps_it_from_being_open(rider: str, place: str) -> None:
    recognition = recognize(place.format(rider=rider, text=MIT.rstrip()))

    assert recognition.is_open is not True


@pytest.mark.parametrize("text", [pytest.param(APACHE, id="long"), pytest.param(BSD, id="short")])
@pytest.mark.parametrize("rider", RIDERS)
def test_a_rider_within_a_license_keeps_it_from_being_open(rider: str, text: str) -> None:
    lines = text.splitlines()
    middle = len(lines) // 2

    recognition = recognize("\n".join([*lines[:middle], "", rider, "", *lines[middle:]]))

    assert recognition.is_open is not True


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("to any person", "to any natural person", id="one word"),
        pytest.param("free of charge", "for a fee", id="replaced"),
        pytest.param("and or sell copies", "copies", id="a right left out"),
        pytest.param("to deal in the", "to deal for personal use in the", id="a purpose"),
        pytest.param("without restriction", "with restriction", id="turned round"),
        pytest.param("is hereby granted", "is not granted", id="denied"),
        pytest.param(
            "subject to the following conditions",
            "subject to the following conditions be gay do crimes",
            id="a condition without legal words",
        ),
    ],
)
def test_a_license_with_other_words_is_not_open(old: str, new: str) -> None:
    text = " ".join(MIT.split())
    assert old in text

    recognition = recognize(text.replace(old, new))

    assert recognition.is_open is not True


def test_a_rider_is_cited_by_its_line() -> None:
    recognition = recognize(f"{MIT}\n\nNot for commercial use.\n")

    (rider,) = recognition.riders
    assert (rider.line, rider.weight) == (len(MIT.splitlines()) + 3, Weight.RESTRICTS)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Commercial and non-commercial use are permitted.", id="both uses"),
        pytest.param(
            "The name of Acme shall not be used in advertising or publicity pertaining to"
            " distribution of the software without specific prior permission.",
            id="a name kept out of publicity",
        ),
    ],
)
def test_what_permits_or_protects_a_name_does_not_restrict(words: str) -> None:
    recognition = recognize(f"{MIT}\n\n{words}\n")

    assert all(rider.weight is Weight.UNCLEAR for rider in recognition.riders)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("51 Franklin St, Suite 500, Boston, MA 02110-1335 USA", id="other floor"),
        pytest.param("59 Temple Place, Suite 330, Boston, MA 02111-1307, USA", id="before 2005"),
        pytest.param("675 Mass Ave, Cambridge, MA 02139, USA", id="before 1995"),
    ],
)
def test_the_office_of_the_license_steward_may_move(address: str) -> None:
    text = " ".join(license_text("LGPL-2.1-only").split())
    start, end = text.index("51 franklin"), text.index("1301 usa") + len("1301 usa")

    recognition = recognize(f"{text[:start]}{address}{text[end:]}")

    assert (recognition.kind, recognition.is_open) == (Kind.TEXT, True)


def test_numbers_elsewhere_are_no_address() -> None:
    text = " ".join(license_text("LGPL-2.1-only").split())

    recognition = recognize(text.replace("three years", "three suite 500 years"))

    assert recognition.is_open is not True


def test_a_grant_to_some_is_restricted() -> None:
    text = license_text("MIT").replace("any person", "any member of the club")

    assert recognize(text).is_open is not True
