"""The proof that every text of a client is simple Dutch: `leerwijzer language check`.

Texts are found by introspection (`collecting`), cut in sentences and words (`reading`), compared
with the reviewed everyday words and the glossary (`lexicon`), and held against the rules of
`docs/plain-dutch.md` (`rules`, `spelling`). `checking` puts it together; `measuring` counts.
"""

from bot.language.checking import Finding, check
from bot.language.collecting import Text, collect
from bot.language.measuring import Figures, measure

__all__ = ["Figures", "Finding", "Text", "check", "collect", "measure"]
