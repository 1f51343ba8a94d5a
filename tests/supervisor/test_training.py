"""A model is trained when something that it is made of changed, and only then."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.supervisor import training
from bot.supervisor.child import Program
from bot.supervisor.errors import SupervisorError
from bot.supervisor.training import Fingerprint

Trainings = list[bool]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small checkout."""
    for name in ("config.yml", "domain/a.yml", "data/nlu/a.yml", "bot/nlu/a.py", "bot/cli.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("changed", ["config.yml", "domain/new.yml", "data/nlu/a.yml"])
def test_other_sources_make_another_fingerprint(root: Path, changed: str) -> None:
    given = Fingerprint.of(root)
    (root / changed).write_text("other", encoding="utf-8")
    actual = Fingerprint.of(root)
    assert actual.sources != given.sources
    assert actual.code == given.code


def test_another_component_makes_another_code_fingerprint(root: Path) -> None:
    given = Fingerprint.of(root)
    (root / "bot/nlu/a.py").write_text("other", encoding="utf-8")
    assert Fingerprint.of(root).code != given.code


def test_a_moved_text_between_files_is_a_change(root: Path) -> None:
    given = Fingerprint.of(root)
    (root / "domain/a.yml").rename(root / "domain/b.yml")
    assert Fingerprint.of(root) != given


def test_other_code_and_compiled_files_change_nothing(root: Path) -> None:
    given = Fingerprint.of(root)
    (root / "bot/cli.py").write_text("other", encoding="utf-8")
    (root / "bot/nlu/a.pyc").write_bytes(b"x")
    assert Fingerprint.of(root) == given


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"sources": "a"}'])
def test_a_damaged_fingerprint_counts_as_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "m.fingerprint"
    path.write_text(content, encoding="utf-8")
    assert Fingerprint.read(path) is None


@pytest.fixture
def trainings(monkeypatch: pytest.MonkeyPatch) -> Trainings:
    """Rasa's training replaced: notes each call, and whether it was from scratch."""
    calls: Trainings = []

    async def run_one(
        program: Program, *, on_line: Callable[[str], None]
    ) -> tuple[int | None, list[str]]:
        calls.append("--force" in program.arguments)
        folder = Path(program.arguments[program.arguments.index("--out") + 1])
        name = program.arguments[program.arguments.index("--fixed-model-name") + 1]
        (folder / f"{name}.tar.gz").write_text("model", encoding="utf-8")
        on_line("x - Starting to train component 'bot.nlu.classifier.BlendedIntentClassifier'.")
        return 0, []

    monkeypatch.setattr(training, "run_one", run_one)
    return calls


async def test_a_second_training_with_nothing_changed_is_skipped(
    tmp_path: Path, trainings: Trainings
) -> None:
    # GIVEN a model that was just trained
    model = tmp_path / "models" / "m.tar.gz"
    said: list[str] = []
    assert await training.ensure(Settings(), model=model, echo=said.append)
    # WHEN it is asked for again
    assert await training.ensure(Settings(), model=model, echo=said.append)
    # THEN there was one training, from scratch, with progress, and nothing else is left
    assert trainings == [True]
    assert any("BlendedIntentClassifier" in line for line in said)
    left = sorted(path.name for path in model.parent.iterdir())
    assert left == [".lock", "m.fingerprint", "m.tar.gz"]


async def test_changed_sources_train_with_the_cache_and_changed_code_without(
    tmp_path: Path, trainings: Trainings
) -> None:
    model = tmp_path / "m.tar.gz"
    kept = training.fingerprint_file(model)
    now = Fingerprint.of()
    for given, expected in [(Fingerprint("other", now.code), False), (Fingerprint("a", "b"), True)]:
        # GIVEN a model of other sources, or of other code
        model.write_text("old", encoding="utf-8")
        kept.write_text(given.to_json(), encoding="utf-8")
        # WHEN
        await training.ensure(Settings(), model=model)
        # THEN
        assert trainings.pop() is expected
        assert Fingerprint.read(kept) == now


async def test_a_failed_training_keeps_the_old_model_and_shows_the_last_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN an old model and a training that fails
    model = tmp_path / "m.tar.gz"
    model.write_text("old", encoding="utf-8")

    async def run_one(*_: object, **__: object) -> tuple[int | None, list[str]]:
        return 1, ["YamlException: line 7"]

    monkeypatch.setattr(training, "run_one", run_one)
    # WHEN
    with pytest.raises(SupervisorError, match="mislukt") as actual:
        await training.ensure(Settings(), model=model)
    # THEN
    assert actual.value.lines == ("YamlException: line 7",)
    assert model.read_text(encoding="utf-8") == "old"


async def test_a_full_disk_is_said_before_the_training(
    tmp_path: Path, trainings: Trainings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "NEEDED_BYTES", 10**18)
    with pytest.raises(SupervisorError, match="De schijf is vol"):
        await training.ensure(Settings(), model=tmp_path / "m.tar.gz")
    assert trainings == []


def test_learning_dreams_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def learns(progress: Callable[[int, int], None]) -> None:
        for done in (64, 128, 200):
            progress(done, 200)

    monkeypatch.setattr("bot.intake.learn", learns)
    said: list[str] = []

    training.learn_intake(said.append)

    assert said[-1] == "  voorbeelden: 200 van 200 zinnen"
    assert len(said) == 2
