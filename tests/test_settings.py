"""What may stand in the settings."""

import pydantic
import pytest

from bot.settings import Settings


@pytest.mark.parametrize(
    "site",
    ["https://www.genk.be", "http://localhost:8080", "http://127.0.0.1:80", "http://[::1]:9000"],
)
def test_an_exact_origin_may_embed_the_widget(site: str) -> None:
    assert Settings(allowed_sites=[site]).allowed_sites == [site]


@pytest.mark.parametrize(
    "site",
    [
        "*",
        "null",
        "www.genk.be",
        "https://www.genk.be/",
        "https://www.genk.be/leren",
        "https://*.genk.be",
        "https://www.Genk.be",
        "https://genk.be https://evil.example",
        "https://genk.be; script-src *",
        "javascript://genk.be",
    ],
)
def test_anything_else_is_refused_with_what_to_do(site: str) -> None:
    with pytest.raises(pydantic.ValidationError, match="Schrijf alleen https"):
        Settings(allowed_sites=[site])
