"""Whatever was typed, and however it was sent: the server says what a fresh one says about the same text."""

from __future__ import annotations

import random
from typing import Any

import pytest
from wire import RACY_JAVASCRIPT, RACY_PYTHON, running

PIECES = ["", "a", "\n", "\r\n", "\r", "    ", "(", ")", "{", "}", ":", '"', "'", "`", "#", "//", "/*", "await ",
          "async ", "visits", "é", "€", "🌍", "x = 1\n", "visits = visits + 1\n"]

UNITS = {"utf-8": lambda text: len(text.encode()), "utf-16": lambda text: len(text.encode("utf-16-le")) // 2,
         "utf-32": len}


def split_lines(text: str) -> list[str]:
    """Lines as the specification has them, with their ends."""
    lines, start, at = [], 0, 0
    while at < len(text):
        at += 2 if text.startswith("\r\n", at) else 1
        if text[at - 1] in "\r\n":
            lines.append(text[start:at])
            start = at
    return [*lines, text[start:]]


def position(text: str, offset: int, encoding: str) -> dict[str, int]:
    lines = split_lines(text)
    line = 0
    while offset >= len(lines[line]) and line + 1 < len(lines):
        offset -= len(lines[line])
        line += 1
    return {"line": line, "character": UNITS[encoding](lines[line][:offset])}


def between_characters(text: str, offset: int) -> int:
    """Away from the middle of "\\r\\n", which no client can name."""
    return offset - 1 if 0 < offset < len(text) and text[offset - 1:offset + 1] == "\r\n" else offset


class Typist:
    """Edits a text and tells how."""

    def __init__(self, text: str, encoding: str, seed: int) -> None:
        self.original = self.text = text
        self.encoding = encoding
        self.random = random.Random(seed)

    def edit(self) -> Any:
        if self.random.random() < 0.04:
            self.text = self.original
            return {"text": self.text}
        start = self.random.randint(0, len(self.text))
        end = min(len(self.text), start + self.random.choice([0, 0, 0, 1, 1, 4, 15, 100]))
        start, end = between_characters(self.text, start), between_characters(self.text, end)
        piece = self.random.choice(PIECES)
        span = {"start": position(self.text, start, self.encoding), "end": position(self.text, end, self.encoding)}
        self.text = self.text[:start] + piece + self.text[end:]
        return {"range": span, "text": piece}


def fresh_findings(encoding: str, language: str, texts: list[str]) -> list[list[Any]]:
    with running({"general": {"positionEncodings": [encoding]}}) as client:
        results = []
        for index, text in enumerate(texts):
            uri = f"file:///fresh{index}"
            client.open(text, language, 1, uri)
            results.append(client.published(1, uri))
            client.close(uri)
        return results


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("language, text", [("python", RACY_PYTHON), ("javascript", RACY_JAVASCRIPT)])
def test_edited_is_like_fresh(encoding: str, language: str, text: str) -> None:
    typist = Typist(text.replace("seen", "géséhen").replace("any await", "🌍 any await"), encoding, seed=7)
    texts, told = [], []
    with running({"general": {"positionEncodings": [encoding]}}) as client:
        client.open(typist.text, language)
        at_first = client.published(1)
        for version in range(2, 150):
            client.change(version, *[typist.edit() for _ in range(typist.random.randint(1, 4))])
            if typist.random.random() < 0.7:  # else the next change overtakes it
                texts.append(typist.text)
                told.append(client.published(version))
    for text, found, expected in zip(texts, told, fresh_findings(encoding, language, texts), strict=True):
        assert found == expected, text
    assert any(told) == bool(at_first)
