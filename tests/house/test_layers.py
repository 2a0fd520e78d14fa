"""Layers only look down: an #include is allowed only along the edges of this table."""
from __future__ import annotations

import pytest
from sources import ROOT, includes, layer, tracked

# What a layer may include besides itself. What is below those may be included too.
BELOW = {
    "base": [],
    "text": ["base"],
    "syntax": ["text"],
    "ir": ["base", "text"],
    "models": ["ir"],
    "frontend": ["ir", "models", "syntax"],
    "flow": ["ir", "models"],
    "summary": ["flow"],
    "rules": ["summary", "flow"],
    "fixes": ["rules", "syntax"],
    "audit": ["rules", "syntax"],
    "stress": ["fixes", "rules", "syntax"],
    "analysis.h": ["text", "syntax"],
    "analysis.c": ["analysis.h", "frontend", "summary", "rules", "fixes", "audit", "stress"],
    "server": ["analysis.h", "text", "syntax"],
}

# Findings and fixes are handed out as the plain data that analysis.h defines; the layers that make them may use its
# types, but not what it includes for its callers.
PLAIN_DATA = {"rules", "fixes", "audit", "stress"}

# Who may know a library, as the start of a path.
LIBRARIES = {
    "uv.h": ["server/rpc", "server/scheduler", "server/extras", "server/scan", "server/cli/parallel", "server/cli/watch",
             "server/cli/doctor", "server/mcp/jobs"],
    "jansson.h": ["server/"],
    "uthash.h": ["server/"],
    "xxhash.h": ["server/cli/"],
    "language.h": ["analysis/syntax/walk"],  # of tree-sitter's core
    "subtree.h": ["analysis/syntax/walk"],
}


def reachable(name: str) -> set[str]:
    seen, left = set(), [name]
    while left:
        current = left.pop()
        if current not in seen:
            seen.add(current)
            left += BELOW[current]
    return seen


def sources() -> list:
    return tracked("analysis/*.[ch]", "analysis/*.def", "server/*.[ch]", "server/*.def")


def wrong_edges(files) -> list[str]:
    found = []
    for include in (include for file in files for include in includes(file)):
        target = include.target()
        if target is None:
            continue
        here, there = layer(include.file), layer(target)
        allowed = reachable(here) | ({"analysis.h"} if here in PLAIN_DATA else set())
        if there not in allowed:
            found.append(f"{include} ({here} may not look at {there})")
    return found


def test_every_source_is_in_a_layer():
    unknown = [str(file.relative_to(ROOT)) for file in sources() if layer(file) not in BELOW]
    assert not unknown, "a new layer needs a row in BELOW"


def test_includes_follow_the_layers():
    assert wrong_edges(sources()) == []


def test_libraries_are_known_where_they_belong():
    wrong = [str(include) for file in sources() for include in includes(file)
             if include.name in LIBRARIES
             and not str(file.relative_to(ROOT)).startswith(tuple(LIBRARIES[include.name]))]
    assert wrong == []


def test_quoted_includes_name_files_of_ours():
    wrong = [str(include) for file in sources() for include in includes(file)
             if not include.system and include.target() is None]
    assert wrong == []


@pytest.mark.parametrize("here, there", [("rules", "syntax"), ("base", "text"), ("ir", "syntax"), ("flow", "frontend"),
                                         ("server", "ir"), ("frontend", "rules")])
def test_edges_that_must_stay_forbidden(here, there):
    assert there not in reachable(here)


def test_a_wrong_edge_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr("sources.ROOT", tmp_path)
    for name, text in {"base/a.h": '#include "../text/text.h"\n', "text/text.h": '#include "../base/a.h"\n'}.items():
        file = tmp_path / "analysis" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    files = sorted(tmp_path.rglob("*.h"))
    assert wrong_edges(files) == ["analysis/base/a.h:1: ../text/text.h (base may not look at text)"]
