"""`racewise explain`: every rule with a program that has the race, and the topics."""
from __future__ import annotations

import pytest

from checker import REPOSITORY, check, run

TOPICS = ["gil", "lock-vs-semaphore", "promise-all", "suspension-points", "testing-for-races"]
RULES = [line.split()[0] for line in run("rules").stdout.splitlines()]


def explain(name: str) -> str:
    done = run("explain", name)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_comes_with_a_program_that_has_the_race(rule):
    text = explain(rule)
    assert text.startswith(f"{rule}\n") and "Use instead" in text and "```" not in text
    assert "A program that has it" in text and f"[{rule}]" in text


@pytest.mark.parametrize("rule", [rule for rule in RULES if "suppression" not in rule])
def test_the_examples_have_one_race_each(rule):
    [path] = (REPOSITORY / "docs" / "examples").glob(f"{rule}.*")
    [findings] = check([path], "--preview", "--isolated").values()
    assert [finding.rule for finding in findings] == [rule]


@pytest.mark.parametrize("rule", ["lost-update", "check-then-act", "deadlock", "toctou", "lost-wakeup", "stale-response"])
def test_the_interleaving_is_drawn(rule):
    assert "task A" in explain(rule) and "task B" in explain(rule)


@pytest.mark.parametrize("topic", TOPICS)
def test_topics(topic):
    text = explain(topic)
    assert text.startswith(f"{topic}\n") and "In short" in text and len(text) > 1000
    assert max(map(len, text.splitlines())) <= 135


def test_without_a_name_all_are_listed():
    done = run("explain")
    assert done.returncode == 0
    assert [name for name in [*TOPICS, *RULES] if f"  {name}" not in done.stdout] == []


@pytest.mark.parametrize("name, words", [("giil", "did you mean gil"), ("lost-updat", "did you mean lost-update"),
                                         ("promise_all", "did you mean promise-all"), ("xyzzy", "racewise explain lists them")])
def test_an_unknown_name(name, words):
    done = run("explain", name)
    assert (done.returncode, done.stdout) == (2, "") and words in done.stderr
