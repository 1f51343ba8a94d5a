"""The widget's files as browsers get them."""

import gzip
import json
import re

import httpx
import pytest
import yaml

from bot.channels import bundle

LIMIT = 15_000
"""Bytes of JavaScript and CSS together, packed: 15 kB."""


async def test_script_and_style_together_weigh_at_most_15_kb(web: httpx.AsyncClient) -> None:
    total = 0
    for path in ("/widget.js", "/widget.css"):
        async with web.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            sent = b"".join([chunk async for chunk in answer.aiter_raw()])
        assert len(sent) <= len(gzip.compress(gzip.decompress(sent), 9)) + 8
        total += len(sent)

    assert total <= LIMIT


def test_the_texts_of_the_widget_are_in_its_script() -> None:
    script = bundle.script().decode()

    assert '"TEXTS"' not in script
    assert '"send":"Stuur"' in script
    assert not re.search(r"^\s*(//|/\*)", script, re.MULTILINE)


def test_every_text_is_used_and_every_text_that_is_used_exists() -> None:
    source = (bundle.FOLDER / "widget.js").read_text(encoding="utf-8")
    texts = yaml.safe_load(bundle.TEXTS.read_text(encoding="utf-8"))

    assert set(re.findall(r"TEXT\.(\w+)", source)) == set(texts)


@pytest.mark.parametrize("path", ["/widget.js", "/widget.css"])
async def test_what_the_browser_has_is_not_sent_again(web: httpx.AsyncClient, path: str) -> None:
    first = await web.get(path)
    again = await web.get(path, headers={"If-None-Match": f"W/{first.headers['ETag']}"})
    plain = await web.get(path, headers={"Accept-Encoding": "identity"})

    assert again.status_code == 304
    assert again.content == b""
    assert plain.content == first.content
    assert "Content-Encoding" not in plain.headers


async def test_pictures_may_be_kept_and_pages_may_not(web: httpx.AsyncClient) -> None:
    assert "max-age" in (await web.get("/pictures/yes.svg")).headers["Cache-Control"]
    assert (await web.get("/widget.js")).headers["Cache-Control"] == "no-cache"
    assert json.loads((await web.get("/healthz")).content)["database"]


async def test_only_the_chat_page_may_listen(web: httpx.AsyncClient) -> None:
    assert "microphone=(self)" in (await web.get("/")).headers["Permissions-Policy"]
    assert "microphone=()" in (await web.get("/desk")).headers["Permissions-Policy"]
