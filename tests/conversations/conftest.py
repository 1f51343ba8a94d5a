"""The running product, started once for all conversations."""

import pathlib
from collections.abc import Iterator

import pytest

from tests.conversations.running import Client, Product

MODEL = pathlib.Path(__file__).parents[2] / "models" / "leerwijzer.tar.gz"


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Rasa, actions and web with counsellors to book with."""
    if not MODEL.exists():
        pytest.fail("there is no trained model: run `leerwijzer train` (make test does)")
    running = Product(tmp_path_factory.mktemp("product"))
    running.command("migrate")
    running.command("demo-data")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def client(product: Product) -> Client:
    """A client who has just opened the widget."""
    return Client(product).opens()
