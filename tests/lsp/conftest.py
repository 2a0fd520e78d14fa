"""A started server for every test that asks for an editor."""

from __future__ import annotations

from collections.abc import AsyncIterator

import checker
import pytest_asyncio
from editor import Editor
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient


@pytest_asyncio.fixture
async def editor() -> AsyncIterator[Editor]:
    client = LanguageClient(converter_factory=default_converter)  # without its own idea of what to keep
    await client.start_io(checker.program(), "lsp")
    yield Editor(client)
    await client.shutdown_session()
    await client.stop()
