"""`python -m bot.evaluation`: measure everything in `evaluation/`, write `docs/evaluation.md`."""

import pathlib
import tempfile

import click

from bot.evaluation import parsing, sets
from bot.evaluation.report import figures
from bot.evaluation.run import evaluate, evaluate_people
from bot.settings import ROOT

MODELS = ROOT / "models"


def _newest() -> pathlib.Path:
    models = sorted(MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise click.ClickException("There is no model. Run `leerwijzer train`, or use --train.")
    return models[-1]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--model", type=click.Path(path_type=pathlib.Path), help="Default: the newest one.")
@click.option("--train", is_flag=True, help="Train the NLU of config.yml first, apart.")
@click.option(
    "--stock",
    type=click.IntRange(1),
    is_flag=False,
    flag_value=parsing.STOCK_EPOCHS,
    default=None,
    help="Also train Rasa's default pipeline, with so many epochs, and measure it.",
)
@click.option("--people", is_flag=True, help="Only matching and advice, without a model; print.")
@click.option(
    "--sets",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=pathlib.Path),
    default=sets.FOLDER,
    help="With --people: the folder of matching.jsonl and advice.jsonl.",
)
@click.option(
    "--totals",
    is_flag=True,
    help="Print only the figures and write nothing: whoever goes on to build sees no sentence.",
)
@click.option(
    "--output",
    type=click.Path(path_type=pathlib.Path),
    default=ROOT / "docs" / "evaluation.md",
    help="Where the report goes.",
)
def main(
    model: pathlib.Path | None,
    train: bool,
    stock: int | None,
    people: bool,
    folder: pathlib.Path,
    totals: bool,
    output: pathlib.Path,
) -> None:
    """Measure how well sentences are understood and how good the advice is."""
    try:
        if people:
            report = evaluate_people(folder)
            click.echo(figures(report) if totals else report)
            return
        with tempfile.TemporaryDirectory() as apart:
            if train:
                model, seconds = parsing.train_ours(pathlib.Path(apart))
                click.echo(f"Trained in {seconds:.0f} s.", err=True)
            report = evaluate(
                model or _newest(),
                stock=stock,
                notes=ROOT / "docs" / "evaluation-notes.md",
                say=lambda line: click.echo(line, err=True),
            )
    except (parsing.EvaluationError, ValueError, FileNotFoundError) as error:
        raise click.ClickException(str(error)) from error
    if totals:
        click.echo(figures(report))
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(report, encoding="utf-8")
    click.echo(report)


if __name__ == "__main__":
    main()
