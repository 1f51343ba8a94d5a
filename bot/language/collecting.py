"""Finding every text that a client can see, and where it stands.

By default everything in a file of texts is for clients: what isn't must be named here, with its
reason (`NOT_TEXT`, `NOT_FOR_CLIENTS`). A new file with words in it that is in neither list is a
finding of its own (`unlisted`), so nothing escapes.
"""

import ast
import dataclasses
import fnmatch
import html.parser
import pathlib
import re
from collections.abc import Iterator
from typing import Any, Literal

from bot.catalogue import yamlread

Kind = Literal["bubble", "button", "label", "mail", "page", "name", "aid"]
"""What a text is to its reader.

A bubble is read as a whole; a mail and a page line by line; a button or label is a piece; a
name (of a course, a school) is as its owner writes it; an aid text is in another language.
"""
READ: tuple[Kind, ...] = ("bubble", "mail", "page")
"""Kinds that have sentences: only these count for length and readability."""

TEXTS: dict[str, Kind] = {
    "domain/*.yml": "bubble",
    "catalogue/*.yaml": "bubble",
    "catalogue/courses/*.yaml": "bubble",
    "catalogue/support/*.yaml": "bubble",
    "bot/appointments/messages.yaml": "mail",
    "bot/channels/texts.yaml": "bubble",
    "bot/channels/widget.yaml": "label",
    "bot/channels/telegram/texts.yaml": "bubble",
    "bot/channels/templates/*.html": "page",
    "bot/channels/widget/*.html": "page",
    "bot/channels/widget/*.js": "bubble",
    "bot/contract/intake.yaml": "label",
}
"""Where clients' texts stand, and what a text there is unless `KINDS` says otherwise."""

KINDS: dict[str, Kind] = {
    "domain/*.yml:responses.*.buttons.*.title": "button",
    "domain/aid.yml:*": "aid",
    "catalogue/labels.yaml:*": "label",
    "catalogue/phrases.yaml:*": "label",
    "catalogue/courses/*:*.title": "name",
    "catalogue/courses/*:*.gives.diploma": "name",
    "catalogue/courses/*:*.gives.occupations.*": "name",
    "catalogue/courses/*:*.duration": "label",
    "catalogue/providers.yaml:*.name": "name",
    "catalogue/leerwinkels.yaml:*.name": "name",
    "catalogue/leerwinkels.yaml:*.address": "name",
    "catalogue/leerwinkels.yaml:*.bring.*": "label",
    "catalogue/support/*:*.title": "label",
    "catalogue/tariffs.yaml:*.title": "label",
    "catalogue/tariffs.yaml:*.example_text": "label",
    "catalogue/tariffs.yaml:*.ask_at": "label",
    "catalogue/glossary.yaml:*.word": "name",
    "catalogue/words.yaml:*.word": "name",
    "bot/appointments/messages.yaml:buttons.*": "button",
    "bot/appointments/messages.yaml:phrases.*": "label",
    "bot/channels/telegram/texts.yaml:profile.*": "page",
    "bot/channels/telegram/texts.yaml:commands.*": "button",
    "bot/channels/telegram/texts.yaml:notices.edited_change": "button",
    "bot/channels/telegram/texts.yaml:shared.*": "label",
    "bot/channels/telegram/texts.yaml:cards.*": "label",
    "bot/channels/texts.yaml:*_title": "label",
    "bot/channels/texts.yaml:no_answer_human": "button",
    "bot/channels/widget/*.js:*": "label",
}
"""file:path -> what that text is; the last line that fits wins."""

NOT_TEXT: dict[str, str] = {
    "*:*.payload": "een code van een knop",
    "*:*.source": "een webadres",
    "*:*.website": "een webadres",
    "catalogue/leerwinkels.yaml:*.email": "een mailadres",
    "*:*.checked_on": "een datum",
    "*:*.source_date": "een datum",
    "*:*.valid_from": "een datum",
    "domain/*:version": "een nummer",
    "domain/*:intents.*": "codes",
    "domain/*:entities.*": "codes",
    "domain/*:slots.*": "codes",
    "domain/*:forms.*": "codes",
    "domain/*:actions.*": "codes",
    "domain/*:session_config.*": "codes",
    "catalogue/*:*.id": "een code",
    "catalogue/*:*.words.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/*:*.when.*": "codes",
    "catalogue/*:*.for_types.*": "codes",
    "catalogue/*:*.topic": "een code",
    "catalogue/*:*.unit": "een code",
    "catalogue/*:*.kind": "een code",
    "catalogue/*:*.places.*": "postcodes",
    "catalogue/courses/*:*.provider": "een code",
    "catalogue/courses/*:*.type": "een code",
    "catalogue/courses/*:*.themes.*": "codes",
    "catalogue/courses/*:*.schedule.*": "codes",
    "catalogue/courses/*:*.tariff": "een code",
    "catalogue/courses/*:*.asks.*": "codes",
    "catalogue/courses/*:*.gives.education": "een code",
    "catalogue/courses/*:*.gives.education_with.*": "codes",
    "catalogue/courses/*:*.gives.certificates.*": "codes",
    "catalogue/courses/*:*.gives.dutch": "een code",
    "catalogue/courses/*:*.gives.certificate": "een code",
    "catalogue/words.yaml:*.also.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/glossary.yaml:*.also.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/leerwinkels.yaml:*.code": "een code",
    "catalogue/leerwinkels.yaml:*.regions.*": "postcodes, met een nota voor wie het bestand leest",
    "catalogue/labels.yaml:mentions.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:corrections.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:agreements.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:trouble.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:foreign_question*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:asides.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:asides_besides.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:asides_not.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:show.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:show_besides.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:ranks.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:ranks_besides.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:greetings.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:comes.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:dream_steps.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:turns.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:reservations.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:questions.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:wish.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:back.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:done.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/labels.yaml:forms.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/phrases.yaml:*_words.*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/phrases.yaml:search_*": "woorden die de bot herkent, hij zegt ze niet",
    "catalogue/usual.yaml:dutch.*": "codes",
    "bot/appointments/messages.yaml:messages.staff_*": "voor de begeleider",
    "bot/channels/widget.yaml:shortcuts.*.2": "de naam van een prentje",
    "bot/channels/widget.yaml:pictures": "de licentie van de prentjes schrijft deze woorden voor",
    "bot/appointments/messages.yaml:phrases.feed*": "de kalender van de begeleider",
    "bot/contract/intake.yaml:fields.*": "codes, met nota's voor wie programmeert",
    "bot/contract/intake.yaml:summary_areas.*": "codes",
    "bot/contract/intake.yaml:course_types.*": "codes",
    "bot/contract/intake.yaml:codes.gender.*": "alleen de begeleider vult dit in",
}
"""file:path that is no text for a client -> the reason."""

NOT_FOR_CLIENTS: dict[str, str] = {
    "bot/intake/vocabulary/*": "woorden die de bot herkent, hij zegt ze niet",
    "bot/nlu/data/*": "woorden die de bot herkent, hij zegt ze niet",
    "bot/places/data/*": "namen van gemeenten",
    "bot/contract/intents.yaml": "codes, met nota's voor wie programmeert",
    "bot/desk/*": "voor begeleiders",
    "bot/impact/*": "voor coördinatoren",
    "bot/language/data/*": "lijsten van deze controle",
    "bot/*/LICENSE*": "een licentie",
    "catalogue/schema/*": "hulp voor de editor van wie de catalogus schrijft",
    "catalogue/examples.yaml": "verzonnen mensen, voor wie de catalogus schrijft",
    "bot/channels/pictures.yaml": "codes en namen van prentjes",
}
"""Files that no client sees -> the reason."""

SUFFIXES = (
    ".yaml",
    ".yml",
    ".html",
    ".js",
    ".json",
    ".txt",
    ".j2",
    ".jinja",
    ".jinja2",
    ".po",
    ".toml",
)
FOLDERS = ("domain", "catalogue", "bot", "actions")
FOR_STAFF: dict[str, str] = {
    "bot/appointments/calendar.py": "de naam van een kalender",
    "bot/appointments/checks.py": "meldingen voor begeleiders",
    "bot/appointments/days_off.py": "voor de agenda van begeleiders",
    "bot/appointments/doubts.py": "vragen aan begeleiders",
    "bot/appointments/rules.py": "fouten in de uren, voor begeleiders",
    "bot/appointments/staff.py": "meldingen voor begeleiders",
    "*/cli.py": "voor wie de opdracht typt",
    "bot/catalogue/check.py": "voor wie de catalogus schrijft",
    "bot/catalogue/model.py": "voor wie de catalogus schrijft",
    "bot/catalogue/loading.py": "voor wie de catalogus schrijft",
    "bot/catalogue/crosscheck.py": "voor wie de catalogus schrijft",
    "bot/catalogue/examples.py": "voor wie de catalogus schrijft",
    "bot/catalogue/explaining.py": "voor wie de catalogus schrijft",
    "bot/catalogue/feasible.py": "voor wie de catalogus schrijft",
    "bot/catalogue/labels.py": "voor wie de catalogus schrijft",
    "bot/catalogue/schema.py": "voor wie de catalogus schrijft",
    "bot/catalogue/stale.py": "voor wie de catalogus schrijft",
    "bot/catalogue/yamlread.py": "voor wie de catalogus schrijft",
}
"""Python code with sentences that no client sees -> the reason."""
PYTHON = (
    "bot/conversation",
    "bot/channels",
    "bot/appointments",
    "bot/outbox",
    "bot/catalogue",
    "actions",
)
"""Packages whose Python code speaks to clients: no sentence may stand in it."""

_EXCEPTION = re.compile(
    r"(?:#|//|\{#|<!--|/\*)\s*taal(?: (?P<rules>[\w, -]+?))?\s*:\s*(?P<why>.*?)\s*(?:#\}|-->|\*/)?$"
)


@dataclasses.dataclass(frozen=True)
class Text:
    """One text: its file (from the root of the project), line, path inside the file, and kind."""

    file: str
    line: int
    path: str
    kind: Kind
    text: str


@dataclasses.dataclass(frozen=True)
class Exemption:
    """A remark `# taal RULE: reason` on line `line`; no rules named means all of them."""

    file: str
    line: int
    rules: frozenset[str]
    why: str


def _files(root: pathlib.Path) -> Iterator[tuple[str, pathlib.Path]]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SUFFIXES and "node_modules" not in path.parts and path.is_file():
                yield path.relative_to(root).as_posix(), path


def _first(name: str, patterns: dict[str, Any]) -> str | None:
    found = [pattern for pattern in patterns if fnmatch.fnmatchcase(name, pattern)]
    return found[-1] if found else None


def unlisted(root: pathlib.Path) -> list[str]:
    """Files that may hold texts but are in no list above."""
    return [
        name
        for name, path in _files(root)
        if not _first(name, TEXTS)
        and not _first(name, NOT_FOR_CLIENTS)
        and re.search(r"[a-z]{3,} [a-z]{2,}", path.read_text(encoding="utf-8", errors="ignore"))
    ]


def collect(root: pathlib.Path) -> list[Text]:
    """Every text of a client in the project at `root`, in the order of files and lines.

    Raises:
        ValueError: a YAML file with texts is not valid YAML.
    """
    found: list[Text] = []
    for name, path in _files(root):
        listed = _first(name, TEXTS)
        if listed is None or _first(name, NOT_FOR_CLIENTS):
            continue
        for line, where, text in _pieces(name, path):
            spot = f"{name}:{where}"
            if (
                re.search(r"[^\W\d_]", text)
                and text not in ("true", "false")
                and not _first(spot, NOT_TEXT)
            ):
                kind = KINDS.get(_first(spot, KINDS) or "", TEXTS[listed])
                found.append(Text(name, line, where, kind, text))
    return found


def _pieces(name: str, path: pathlib.Path) -> Iterator[tuple[int, str, str]]:
    if path.suffix in (".yaml", ".yml"):
        document = yamlread.read(path, name)
        if document.problems:
            raise ValueError(str(document.problems[0]))
        yield from _leaves(document.content, (), document)
    elif path.suffix == ".html":
        yield from _PageReader().pieces(path.read_text(encoding="utf-8"))
    elif path.suffix == ".js":
        yield from _literals(path.read_text(encoding="utf-8"))


def _leaves(
    value: Any, path: yamlread.Path, document: yamlread.Document
) -> Iterator[tuple[int, str, str]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, (*path, key), document)
    elif isinstance(value, list):
        if path and path[-1] == "lines":
            yield document.line(path), ".".join(map(str, path)), "\n".join(map(str, value))
            return
        for index, one in enumerate(value):
            yield from _leaves(one, (*path, index), document)
    elif isinstance(value, str):
        yield document.line(path), ".".join(map(str, path)), value


_JS_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`([^`]*)`|\'((?:[^\'\\\n]|\\.)*)\'')


def _literals(code: str) -> Iterator[tuple[int, str, str]]:
    """What a script says: all strings of `const TEXT = {...}`, and any other Dutch-looking one."""
    start = code.find("const TEXT = {")
    end = code.find("\n  };", start)
    for found in _JS_STRING.finditer(code):
        text = found[1] or found[2] or found[3] or ""
        line = code.count("\n", 0, found.start()) + 1
        before = code[code.rfind("\n", 0, found.start()) + 1 : found.start()]
        if before.lstrip().startswith(("*", "//", "/*")):
            continue
        if start < found.start() < end:
            key = re.match(r"\s*(\w+):", before)
            shortcut = before.count('"') >= 2
            if not shortcut or before.count('"') < 4:
                if re.fullmatch(r"[a-z_]+", text) and shortcut:
                    continue
                yield line, f"TEXT.{key[1] if key else 'item'}", text
        elif re.search(r"\b(je|jij|niet|een|het|wij|ik|met|voor|naar)\b", text) and " " in text:
            yield line, "elsewhere", text


class _PageReader(html.parser.HTMLParser):
    """The visible texts of a page or template, with gaps for what Jinja fills in."""

    SHOWN = ("placeholder", "title", "alt", "aria-label", "content")

    def pieces(self, source: str) -> Iterator[tuple[int, str, str]]:
        """Line, tag and text of every piece."""
        self._found: list[tuple[int, str, str]] = []
        self._tags: list[str] = []
        source = re.sub(r"\{#.*?#\}", lambda m: "\n" * m[0].count("\n"), source, flags=re.S)
        source = re.sub(r"\{%.*?%\}", "", source)
        source = re.sub(r"\{\{.*?\}\}", "{ding}", source)
        self.feed(source)
        self.close()
        yield from self._found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input", "br", "img"):
            self._tags.append(tag)
        for name, value in attrs:
            described = dict(attrs).get("name") == "description"
            if value and name in self.SHOWN and (name != "content" or described):
                self._found.append((self.getpos()[0], f"{tag}@{name}", value))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._tags:
            while self._tags.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not {"script", "style"} & set(self._tags):
            skipped = len(data) - len(data.lstrip())
            line = self.getpos()[0] + data[:skipped].count("\n")
            self._found.append((line, self._tags[-1] if self._tags else "", " ".join(data.split())))


def exemptions(root: pathlib.Path) -> list[Exemption]:
    """All remarks `# taal RULE: reason` in the files with texts."""
    found = []
    for name, path in _files(root):
        if not _first(name, TEXTS):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if remark := _EXCEPTION.search(line):
                rules = frozenset(re.findall(r"[\w-]+", remark["rules"] or ""))
                found.append(Exemption(name, number, rules, remark["why"]))
    return found


def in_python(root: pathlib.Path) -> Iterator[Text]:
    """Sentences inside Python code that speaks to clients; docstrings and errors are none."""
    for package in PYTHON:
        for path in sorted((root / package).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            if _first(name, FOR_STAFF):
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            skipped = {id(one) for node in ast.walk(tree) for one in _no_text(node)}
            for node in ast.walk(tree):
                if not isinstance(node, ast.Constant) or id(node) in skipped:
                    continue
                if isinstance(node.value, str):
                    yield Text(name, node.lineno, "python", "bubble", node.value)


def _no_text(node: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, errors, log lines and patterns below `node`."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.Raise):
        yield from ast.walk(node)
    elif isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        if called.startswith(("re.", "log.", "logger.")) or called.endswith(("Error", "Problem")):
            yield from ast.walk(node)
