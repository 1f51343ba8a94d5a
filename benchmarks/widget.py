"""`python -m benchmarks.widget`: bytes of the widget, and its first message on a slow phone.

The whole product runs; headless Chromium, with an empty cache, opens the chat page and a website
that embeds the widget. Slow 3G is WebPageTest's: 400 kbit/s, 400 ms for every request; the
processor is slowed down four times.
"""

import argparse
import asyncio
import gzip
import http.server
import json
import os
import statistics
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import bots
from bot.settings import settings
from bot.supervisor import training

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LATENCY_MS = 400
BYTES_A_SECOND = 400_000 // 8
CPU_SLOWDOWN = 4
PHONE = (360, 640)
RUNS = 5
TARGET_SECONDS = 2.0
TARGET_BYTES = 15_000
PUBLISHED_KB = (110, 210)
"""Packed size of ready-made chat widgets, smallest and largest of those that were looked at
(22 November 2026)."""
WATCH = """
const watch = () => {
  const chat = document.querySelector("leerwijzer-chat");
  const root = chat && chat.shadowRoot;
  const seen = (name) => {
    const node = root && root.querySelector(name);
    return Boolean(node && node.getClientRects().length);
  };
  if (!window.launcherAt && seen(".launcher")) window.launcherAt = performance.now();
  if (!window.firstAt && seen(".bot .bubble")) window.firstAt = performance.now();
  if (!window.firstAt) requestAnimationFrame(watch);
};
watch();
"""
SITE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Stad</title>
<link rel="icon" href="data:,"></head><body><h1>De stad</h1>
<script src="{url}/widget.js" data-leerwinkel="genk" defer></script></body></html>"""


def packed(url: str) -> dict[str, int]:
    """Bytes of script and style as they are sent, packed."""
    sizes = {}
    with httpx.Client(trust_env=False, headers={"Accept-Encoding": "gzip"}) as client:
        for name in ("widget.js", "widget.css"):
            with client.stream("GET", f"{url}/{name}") as answer:
                sent = b"".join(answer.iter_raw())
            gzip.decompress(sent)  # else it was not packed
            sizes[name] = len(sent)
    return sizes


@contextmanager
def site(port: int, url: str) -> Iterator[str]:
    """Another website, on loopback, that embeds the widget."""
    page = SITE.format(url=url).encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{port}/"
    server.shutdown()


@contextmanager
def slow_phone(browser: Browser) -> Iterator[Page]:
    """A page with an empty cache on a slow network and processor."""
    width, height = PHONE
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    tools.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
    yield page
    context.close()


def first_message(browser: Browser, url: str) -> float:
    """Seconds from the start of the navigation to the first bubble, on the chat page."""
    with slow_phone(browser) as page:
        page.goto(url, wait_until="commit")
        _until(page, "firstAt")
        return float(page.evaluate("firstAt")) / 1000


def first_message_embedded(browser: Browser, url: str) -> tuple[float, float]:
    """Seconds to the button on another website, and from a tap on it to the first bubble."""
    with slow_phone(browser) as page:
        page.goto(url, wait_until="commit")
        _until(page, "launcherAt")
        tapped = page.evaluate(
            """() => {
              const root = document.querySelector("leerwijzer-chat").shadowRoot;
              const now = performance.now();
              root.querySelector(".launcher").click();
              return now;
            }"""
        )
        _until(page, "firstAt")
        launcher, first = page.evaluate("[launcherAt, firstAt]")
        return launcher / 1000, (first - tapped) / 1000


def line(name: str, seconds: list[float]) -> str:
    """Median and worst of some runs."""
    return f"{name}: median {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s"


def measure(runs: int, say: Callable[[str], None]) -> str:
    """Run it all.

    Returns:
        The figures as lines of text.
    """
    asyncio.run(training.ensure(settings(), echo=lambda _line: None))
    site_port = bots.free_port()
    os.environ["LEERWIJZER_ALLOWED_SITES"] = json.dumps([f"http://127.0.0.1:{site_port}"])
    with (
        tempfile.TemporaryDirectory(prefix="leerwijzer-bench-") as folder,
        bots.ours(Path(folder) / "var") as ours,
        site(site_port, _base(ours)) as other,
        sync_playwright() as playwright,
    ):
        sizes = packed(_base(ours))
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-sync"]
        )
        first_message(browser, _base(ours))  # the bot is warm, the browser's cache isn't
        say("chat page ...")
        page = [first_message(browser, _base(ours)) for _ in range(runs)]
        say("embedded ...")
        embedded = [first_message_embedded(browser, other) for _ in range(runs)]
        browser.close()
    total = sum(sizes.values())
    low, high = PUBLISHED_KB
    return "\n".join(
        [
            f"bytes, packed: widget.js {sizes['widget.js']}, widget.css {sizes['widget.css']}, "
            f"together {total} (target: at most {TARGET_BYTES})",
            f"published widgets: {low} to {high} kB packed, "
            f"{low * 1000 / total:.0f} to {high * 1000 / total:.0f} times as much",
            f"slow 3G ({BYTES_A_SECOND * 8 // 1000} kbit/s, {LATENCY_MS} ms a request), "
            f"processor {CPU_SLOWDOWN} times slower, nothing cached, {runs} runs:",
            line(f"chat page, first message (target: {TARGET_SECONDS:.0f} s)", page),
            line("other website, button to open", [launcher for launcher, _ in embedded]),
            line("other website, from tap to first message", [first for _, first in embedded]),
        ]
    )


def _until(page: Page, name: str) -> None:
    for _ in range(300):
        if page.evaluate(f"window.{name} || 0"):
            return
        page.wait_for_timeout(200)
    raise TimeoutError(f"no {name} within a minute")


def _base(bot: bots.Bot) -> str:
    assert bot.web
    return bot.web.removesuffix("/api/chat")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="loads of each page")
    chosen = parser.parse_args()

    def say(text: str) -> None:
        sys.stderr.write(f"{text}\n")

    figures = measure(chosen.runs, say)
    sys.stdout.write(f"{figures}\nload of the machine (1 minute): {os.getloadavg()[0]:.1f}\n")


if __name__ == "__main__":
    main()
