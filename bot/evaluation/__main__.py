"""`python -m bot.evaluation`: measure everything in `evaluation/`, write `docs/evaluation.md`."""

import pathlib
import tempfile

import click

from bot.evaluation import parsing
from bot.evaluation.run import evaluate
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
@click.option("--stock", is_flag=True, help="Also train and measure Rasa's default pipeline.")
@click.option(
    "--output",
    type=click.Path(path_type=pathlib.Path),
    default=ROOT / "docs" / "evaluation.md",
    help="Where the report goes.",
)
def main(model: pathlib.Path | None, train: bool, stock: bool, output: pathlib.Path) -> None:
    """Measure how well intents, danger, languages, answers, dreams and times are understood."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            if train:
                model, seconds = parsing.train_ours(pathlib.Path(folder))
                click.echo(f"Trained in {seconds:.0f} s.", err=True)
            report = evaluate(
                model or _newest(),
                stock=stock,
                notes=ROOT / "docs" / "evaluation-notes.md",
                say=lambda line: click.echo(line, err=True),
            )
    except (parsing.EvaluationError, ValueError, FileNotFoundError) as error:
        raise click.ClickException(str(error)) from error
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(report, encoding="utf-8")
    click.echo(report)


if __name__ == "__main__":
    main()
