"""The direction of imports, and what may stand where: docs/architecture.md as a test."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = {"rules_engine", "services", "actions", "understanding", "server"}
MAY_IMPORT: dict[str, set[str]] = {
    "rules_engine": set(),
    "services": {"rules_engine"},
    "actions": {"services"},
    "understanding": {"rules_engine"},
    "server": OURS,
}
# library → the files that may import it
LIBRARY_HOMES = {
    "sqlite_utils": r"services/(database|\w*_store\w*)\.py",
    "sqlite3": r"services/database\.py",
    "rasa_sdk": r"actions/\w+\.py|server/in_process\.py",
    "rasa": r"(understanding|server|scripts)/[\w/]+\.py",
    "fastapi": r"server/[\w/]+\.py",
    "starlette": r"server/[\w/]+\.py",
    "uvicorn": r"server/main\.py",
    "spacy": r"understanding/\w+\.py|rules_engine/drafting_patterns\.py",
    "jieba": r"understanding/\w+\.py|server/desk_words\.py|rules_engine/drafting_patterns\.py|scripts/spoken_words\.py",
    "openpyxl": r"services/(bill_xlsx|export_files)\.py",
    "polars": r"rules_engine/batch\w*\.py",
    "numpy": r"rules_engine/batch\w*\.py|understanding/\w+\.py",
    "prometheus_client": r"server/metrics\.py",
    "pypdf": r"services/paper_pdf\.py",
    "filetype": r"services/paper_files\.py",
    "segno": r"services/document_code\.py",
    "argon2": r"services/passwords\.py",
    "pypinyin": r"(rules_engine/new_region|understanding/(slips|utterance_features)|server/desk_words|scripts/spoken_words)\.py",
}
CLOCK_HOMES = r"services/bootstrap\.py|rules_engine/__main__\.py|scripts/\w+\.py"
CLOCK_READERS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "localtime"), ("time", "gmtime"), ("time", "time_ns"),
}
LAYERS_OF_POLICY = ("rules_engine", "services", "actions")
RATE = re.compile(r"0?\.\d+|1?\d{1,2}(\.\d+)?\s?[%％]|百分之[一二三四五六七八九十]+")


def modules_of(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def place(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def imported_packages(module: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{place(module)}:{node.lineno} imports relatively; name the package"
            yield node.module.split(".")[0]


def every_module() -> list[Path]:
    return [module for package in sorted(OURS | {"scripts"}) for module in modules_of(package)]


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_a_layer_imports_only_what_lies_below_it(layer):
    banned = OURS - MAY_IMPORT[layer] - {layer}
    for module in modules_of(layer):
        crossing = banned & set(imported_packages(module))
        assert not crossing, f"{place(module)} imports {crossing}"


@pytest.mark.parametrize("library", LIBRARY_HOMES)
def test_a_library_is_used_only_where_it_belongs(library):
    users = {place(module) for module in every_module() if library in set(imported_packages(module))}
    strangers = {user for user in users if not re.fullmatch(LIBRARY_HOMES[library], user)}
    assert not strangers, f"{library} belongs to {LIBRARY_HOMES[library]}"


def clock_readings(module: Path) -> Iterator[int]:
    for node in ast.walk(tree_of(module)):
        if not isinstance(node, ast.Attribute):
            continue
        owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
        if (owner, node.attr) in CLOCK_READERS:
            yield node.lineno


def test_the_clock_is_read_in_one_place():
    readings = [
        f"{place(module)}:{line}"
        for module in every_module() if not re.fullmatch(CLOCK_HOMES, place(module))
        for line in clock_readings(module)
    ]
    assert not readings, "take the day as a parameter"


def docstrings(tree: ast.Module) -> set[int]:
    """Identities of the nodes that are docstrings."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, owners) and node.body]
    return {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}


def rates_in(module: Path) -> Iterator[str]:
    tree = tree_of(module)
    skipped = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in skipped:
            is_rate_text = isinstance(node.value, str) and RATE.fullmatch(node.value.strip())
            if is_rate_text or (isinstance(node.value, float) and 0 < node.value < 1):
                yield f"{place(module)}:{node.lineno}: {node.value!r}"


@pytest.mark.parametrize("layer", LAYERS_OF_POLICY)
def test_no_rate_is_written_in_python(layer):
    found = [rate for module in modules_of(layer) for rate in rates_in(module)]
    assert not found, "policy values live in policy_packs/"


def test_actions_speak_no_chinese():
    """Words are in data/responses and the packs; only comments and docstrings may quote them."""
    for module in modules_of("actions"):
        tree = tree_of(module)
        skipped = docstrings(tree)
        spoken = [
            node.value for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped
            and len(re.findall(r"[\u4e00-\u9fff]", node.value)) > 1
        ]
        assert not spoken, f"{place(module)} says {spoken}"


def test_policy_packs_hold_no_python_and_nothing_of_rasas():
    for file in (ROOT / "policy_packs").rglob("*"):
        assert file.suffix != ".py", place(file)
        if file.suffix == ".yml":
            lines = file.read_text(encoding="utf-8").splitlines()
            assert not [line for line in lines if re.match(r"\s*(rules|stories|nlu|responses):", line)], place(file)


PROGRAM = """
import importlib, pkgutil, sys
for name in {packages!r}:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
heavy = sorted(m for m in sys.modules if m.split(".")[0] in {libraries!r})
assert not heavy, heavy
"""
HEAVY = ("rasa", "rasa_sdk", "tensorflow", "sklearn", "fastapi", "spacy", "jieba", "pypinyin")


@pytest.mark.parametrize("packages", [("rules_engine",), ("rules_engine", "services")], ids="+".join)
def test_engine_and_services_import_without_rasa(packages):
    """In a process of its own: here, other tests may have imported it."""
    program = PROGRAM.format(packages=packages, libraries=HEAVY)
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_nothing_is_opened_at_import(tmp_path):
    """rasa-sdk imports every module of actions/: none may open a file of data."""
    data = tmp_path / "data"
    program = "import actions.answering, actions.filing, services.bootstrap, os; assert not os.path.exists(os.environ['DATA_DIR'])"
    environment = {"DATA_DIR": str(data), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_no_two_test_files_share_a_name():
    names = [file.name for file in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))  # pytest imports them by their bare name
