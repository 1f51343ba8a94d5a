"""Dutch number words as digits: "vierendertig" -> "34", "zesde" -> "6de"."""

import functools
from collections.abc import Sequence

ONES = {
    "nul": 0, "een": 1, "één": 1, "ien": 1, "twee": 2, "twie": 2, "drie": 3, "dree": 3, "vier": 4,
    "vijf": 5, "vaaif": 5, "zes": 6, "zeven": 7, "zeuven": 7, "acht": 8, "negen": 9, "tien": 10,
    "elf": 11, "twaalf": 12, "twalf": 12, "twaalven": 12, "elven": 11, "tienen": 10, "negenen": 9,
    "achten": 8, "zevenen": 7, "zessen": 6, "vijven": 5, "vieren": 4, "drieen": 3, "tweeen": 2,
    "dertien": 13, "veertien": 14, "vijftien": 15,
    "zestien": 16, "zeventien": 17, "achttien": 18, "achtien": 18, "negentien": 19,
}  # fmt: skip
TENS = {
    "twintig": 20, "twintich": 20, "dertig": 30, "dertich": 30, "veertig": 40, "veertich": 40,
    "fertig": 40, "vijftig": 50, "vijftich": 50, "zestig": 60, "zestich": 60, "zeventig": 70,
    "tachtig": 80, "negentig": 90,
}  # fmt: skip
ORDINALS = {
    "eerste": "1de", "1ste": "1de", "tweede": "2de", "twede": "2de",
    "derde": "3de", "vierde": "4de",
    "vierd": "4de", "vijfde": "5de", "zesde": "6de", "zevende": "7de", "achtste": "8de",
    "zesd": "6de", "vijfd": "5de", "derd": "3de", "zevend": "7de", "tweed": "2de",
}  # fmt: skip


_ONE_SUFFIXED = {
    "elfde": "11de", "twaalfde": "12de", "dertiende": "13de", "veertiende": "14de",
    "vijftiende": "15de", "zestiende": "16de", "zeventiende": "17de", "achttiende": "18de",
    "achtiende": "18de", "negentiende": "19de", "twintigste": "20ste",
}  # fmt: skip
ORDINALS.update(_ONE_SUFFIXED)


@functools.cache
def _words() -> dict[str, int]:
    found = {**ONES, **TENS}
    for one, n in ONES.items():
        if 0 < n < 10:
            for ten, tens in TENS.items():
                for link in ("en", "ën", "n", "'n"):
                    found[one + link + ten] = tens + n
    return found


def number(word: str) -> int | None:
    """The value of a number word or of digits, 0..99 for words; None when it is no number."""
    if word.isdigit() and word.isascii():
        return int(word) if len(word) < 12 else None
    return _words().get(word.replace("ë", "e"))


def digits(words: Sequence[str], *, ones: bool = True) -> list[str]:
    """The same words with number words and ordinals written in digits.

    Args:
        ones: False leaves "een" alone, which is mostly an article.
    """
    result: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word in ORDINALS:
            result.append(ORDINALS[word])
        elif (
            at + 2 < len(words)
            and words[at + 1] in ("en", "n")
            and 0 < (number(word) or 0) < 10
            and words[at + 2] in TENS
        ):
            result.append(str((number(word) or 0) + TENS[words[at + 2]]))
            at += 2
        elif (found := number(word)) is not None and (ones or word not in ("een", "ien")):
            result.append(str(found))
        else:
            result.append(word)
        at += 1
    return result
