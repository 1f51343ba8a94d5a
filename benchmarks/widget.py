"""`make bench-widget`: bytes of the widget, and its first message on a slow phone.

The whole product runs; headless Chromium, with an empty cache, opens the chat page and a website
that embeds the widget. Slow 3G is WebPageTest's: 400 kbit/s, 400 ms for every request; the
processor is slowed down four times.
"""

import argparse
import asyncio
import datetime as dtm
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
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import bots
from bot.settings import ROOT, settings
from bot.supervisor import training

PAGE = ROOT / "docs" / "benchmarks-widget.md"
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


@dataclass(frozen=True)
class Figures:
    """What was measured: bytes by file, and seconds of each load.

    Attributes:
        page: to the first message, on the chat page.
        launcher: to the button on another website.
        opened: from a tap on that button to the first message.
    """

    sizes: dict[str, int]
    page: list[float]
    launcher: list[float]
    opened: list[float]

    @property
    def total(self) -> int:
        """Bytes of script and style."""
        return sum(self.sizes.values())

    @property
    def good(self) -> bool:
        """Whether both targets are reached."""
        return self.total <= TARGET_BYTES and statistics.median(self.page) <= TARGET_SECONDS


def measure(runs: int, say: Callable[[str], None]) -> Figures:
    """Run it all."""
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
    return Figures(sizes, page, [one for one, _ in embedded], [one for _, one in embedded])


def report(figures: Figures) -> str:
    """The results as a Markdown page."""
    low, high = (1000 * kb / figures.total for kb in PUBLISHED_KB)
    rows = (
        ("chat page: first message", figures.page),
        ("other website: button to open", figures.launcher),
        ("other website: from a tap on it to the first message", figures.opened),
    )
    return "\n".join(
        [
            "# Benchmarks of the widget",
            "",
            "Written by `make bench BENCH=--write` (`python -m benchmarks.widget --write`). "
            f"Date: {dtm.datetime.now(dtm.timezone.utc).date()}. "
            f"Load of the machine at the end (1 minute): {os.getloadavg()[0]:.1f} on "
            f"{os.cpu_count()} cores.",
            "",
            "## Bytes",
            "",
            "| | gzipped |",
            "|---|---|",
            *(f"| {name} | {size:,} |" for name, size in figures.sizes.items()),
            f"| together | **{figures.total:,}** |",
            "",
            f"Target: at most {TARGET_BYTES:,}. Published chat widgets send {PUBLISHED_KB[0]} to "
            f"{PUBLISHED_KB[1]} kB, {low:.0f} to {high:.0f} times as much.",
            "",
            "## First message on a slow phone (seconds)",
            "",
            "| | median | worst |",
            "|---|---|---|",
            *(f"| {name} | {statistics.median(s):.2f} | {max(s):.2f} |" for name, s in rows),
            "",
            f"Slow 3G: {BYTES_A_SECOND * 8 // 1000} kbit/s, {LATENCY_MS} ms for every request; a "
            f"processor {CPU_SLOWDOWN} times slower; {PHONE[0]} x {PHONE[1]}; nothing cached; "
            f"{len(figures.page)} loads each. Target for the chat page: {TARGET_SECONDS:.0f} s.",
            "",
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


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="loads of each page")
    parser.add_argument("--write", action="store_true", help=f"keep the page in {PAGE.name}")
    chosen = parser.parse_args()

    def say(text: str) -> None:
        sys.stderr.write(f"{text}\n")

    figures = measure(chosen.runs, say)
    made = report(figures)
    sys.stdout.write(made)
    if chosen.write:
        PAGE.write_text(made, encoding="utf-8")
    if not figures.good:
        say("Missed: bytes or first message")
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main())
