"""The work grows with the text, not faster: passages that are looked at are counted."""

import pytest

from osmm_scan.collectors.documents.phrases import Words, phrase


class _Counting(list[str]):
    """The words of a text, counting how often one is looked at."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(words)
        self.looks = 0

    def __getitem__(self, place: object) -> object:  # type: ignore[override] # counts only
        self.looks += 1
        return super().__getitem__(place)  # type: ignore[index] # any index of a list


def _looks(text: str, asked: str) -> int:
    words = Words([text])
    counting = _Counting(words._words)
    words._words = counting
    words.find(phrase(asked))
    return counting.looks


@pytest.mark.parametrize(
    ("piece", "asked"),
    [
        pytest.param("open ", "open ... open ... source", id="one word over and over"),
        pytest.param("open source ", "open source ... polic*", id="beginnings without an end"),
        pytest.param("a b ", "a|b ... a|b ... a|b ... c", id="choices"),
    ],
)
def test_twice_the_text_takes_twice_the_work(piece: str, asked: str) -> None:
    once, twice = (_looks(f"source policy c {piece * times}", asked) for times in (500, 1000))

    assert 0 < twice <= 2.1 * once
