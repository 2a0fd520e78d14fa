"""A test's tasks end with its loop."""
import asyncio

import pytest


@pytest.fixture
async def echo(server):
    asyncio.create_task(server.serve())
    yield server


async def test_echo(echo):
    asyncio.create_task(echo.send("hello"))
    assert await echo.receive() == "hello"
