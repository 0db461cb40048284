"""What the house asks of every file: names, docstrings, tests with a sentence, plain tables."""

from __future__ import annotations

import ast
import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, get_args

import pytest

import store
from geo import model as geo_model
from plans import model as plans_model
from tests.tree import CODE, ROOMS, ROOT, files, modules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VAGUE = {"util", "utils", "helper", "helpers", "manager", "managers", "process", "processor"}
MOST_PARAMETERS = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(*places: str) -> Iterator[tuple[str, Function]]:
    """Walk over all functions and methods: where they stand, and the function."""
    for name, tree in modules(*places):
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield f"{name}:{node.lineno} {node.name}", node


def own_nodes(function: Function) -> Iterator[ast.AST]:
    """Walk over a function's own code, leaving out the functions inside it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (*get_args(Function), ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(node))


def errors_raised(function: Function) -> set[str]:
    """Return the names of the classes that a function raises by name."""
    raised = [node.exc for node in own_nodes(function) if isinstance(node, ast.Raise)]
    calls = [error.func if isinstance(error, ast.Call) else error for error in raised]
    names = [getattr(call, "id", "") for call in calls]
    return {name for name in names if name[:1].isupper()}


def is_public(function: Function) -> bool:
    """Tell whether others may call a function; commands of the command line are called by words."""
    decorators = " ".join(map(ast.unparse, function.decorator_list))
    return not function.name.startswith("_") and not re.search(r"\.(command|group)\b", decorators)


def undocumented_errors(function: Function) -> set[str]:
    """Return the errors that a function raises and its docstring does not list."""
    section = (ast.get_docstring(function) or "").partition("Raises\n------")[2]
    return {name for name in errors_raised(function) if name not in section}


def words(name: str) -> set[str]:
    """Return the words that a name in snake_case or CamelCase is made of, in lower case."""
    return set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))


def positional(function: Function) -> int:
    """Count the parameters that can be given by position, without self and cls."""
    names = [argument.arg for argument in [*function.args.posonlyargs, *function.args.args]]
    return len([name for name in names if name not in {"self", "cls"}])


def test_public_functions_say_what_they_raise() -> None:
    """An error that a public function raises itself stands in its docstring under Raises."""
    silent = {
        where: undocumented_errors(function)
        for where, function in functions(*ROOMS, "building.py", "store.py")
        if is_public(function)
    }
    assert {where: names for where, names in silent.items() if names} == {}


def test_nothing_has_a_vague_name() -> None:
    """No file, class or function is called utils, helper, manager, process or the like."""
    named = [
        (f"{name}: {node.name}", node.name)
        for name, tree in modules(*CODE, "scripts", "bench", "tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef | Function)
    ]
    named += [(str(path), path.stem) for path in files()]
    assert [where for where, name in named if words(name) & VAGUE] == []


def test_no_function_takes_many_things_by_position() -> None:
    """At most five parameters can be given by position."""
    crowded = [
        where
        for where, each in functions(*CODE, "scripts", "bench")
        if positional(each) > MOST_PARAMETERS
    ]
    assert crowded == []


def test_every_test_has_a_sentence() -> None:
    """Every test says in a sentence what it proves."""
    mute = [
        where
        for where, each in functions("tests")
        if each.name.startswith("test_") and not (ast.get_docstring(each) or "").endswith(".")
    ]
    assert mute == []


def function(text: str) -> Function:
    """Parse one function."""
    (parsed,) = ast.parse(text).body
    assert isinstance(parsed, Function)
    return parsed


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("def f():\n    raise ValueError('x')", {"ValueError"}),
        ("def f():\n    '''A.'''\n    if a:\n        raise Bad from None", {"Bad"}),
        ("def f():\n    '''A.\n\n    Raises\n    ------\n    Bad\n    '''\n    raise Bad", set()),
        ("def f():\n    '''A.'''\n    raise row.broken('a', 'b')", set()),
        ("def f():\n    '''A.'''\n    raise error", set()),
        ("def f():\n    def g():\n        raise Bad", set()),
    ],
)
def test_a_silent_error_is_found(text: str, missing: set[str]) -> None:
    """The docstring test can fail, and only for errors that the function names itself."""
    assert undocumented_errors(function(text)) == missing


@pytest.mark.parametrize(
    ("name", "vague"),
    [
        ("text_utils", True),
        ("DataManager", True),
        ("processed", False),
        ("Helper", True),
        ("use", False),
    ],
)
def test_a_vague_name_is_found(name: str, vague: bool) -> None:  # noqa: FBT001 - a column of the table
    """The test on names can fail, and looks at whole words."""
    assert bool(words(name) & VAGUE) is vague


def tables() -> list[Path]:
    """Return all CSV tables of the project's data."""
    return [path for path in files() if path.suffix == ".csv" and path.is_relative_to(store.DATA)]


@pytest.mark.parametrize("path", tables(), ids=lambda path: path.name)
def test_a_table_is_plain(path: Path) -> None:
    """Each table is UTF-8 without a mark, has LF line ends, and as many cells as columns."""
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))
    assert len(set(rows[0])) == len(rows[0])
    assert {len(row) for row in rows} == {len(rows[0])}


def codes() -> list[store.Row]:
    """Return the table of codes; reading it fails where a code lacks its label in a language."""
    required = ("list", "code", "zh", "en")
    return store.read_table(store.DATA / "codes.csv", required, ("oc4ids", "strategy"))


def test_every_code_is_there_once_and_has_both_labels() -> None:
    """No list holds a code twice, and every code has a Chinese and an English label."""
    counted = Counter((row["list"], row["code"]) for row in codes())
    assert [code for code, times in counted.items() if times > 1] == []
    assert [row["code"] for row in codes() if not re.search("[一-鿿]", row["zh"])] == []
    assert [row["code"] for row in codes() if not row["en"].isascii()] == []


def test_labels_tell_the_codes_of_a_list_apart() -> None:
    """Within a list no two codes share a label in either language."""
    for language in ("zh", "en"):
        counted = Counter((row["list"], row[language]) for row in codes())
        assert [label for label, times in counted.items() if times > 1] == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("stage", plans_model.Stage),
        ("kind", plans_model.Kind),
        ("certainty", plans_model.Certainty),
        ("unit_basis", plans_model.UnitBasis),
        ("location_class", geo_model.LocationClass),
        ("unplaced_reason", geo_model.UnplacedReason),
        ("location_method", geo_model.LocationMethod),
    ],
)
def test_the_code_table_and_the_types_agree(name: str, kind: Any) -> None:
    """The words that a field of the model may hold are just those of its list of codes."""
    assert {row["code"] for row in codes() if row["list"] == name} == set(get_args(kind))


def test_every_category_leads_to_a_strategy() -> None:
    """The inferred strategy of a category is a code of the list of strategies, or none."""
    known = {row["code"] for row in codes() if row["list"] == "strategy"} | {"", "none"}
    categories = [row for row in codes() if row["list"] == "category"]
    assert categories
    assert [row["code"] for row in categories if row["strategy"] not in known] == []


def test_the_seeds_are_as_received() -> None:
    """Every seed stands in the manifest with its hash, and nothing else does."""
    with (store.SEEDS / "manifest.csv").open(encoding="utf-8", newline="") as manifest:
        named = {row["id"]: row["sha256"] for row in csv.DictReader(manifest)}
    assert named == {path.name[:3]: store.sha256(path) for path in store.SEEDS.glob("*.txt")}


def test_older_pythons_can_read_the_way_in() -> None:
    """The script behind make is written so that Python 3.6 parses it and can print its sentence."""
    text = (ROOT / "scripts" / "make.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 6))
    assert text.index("sys.version_info < (3, 11)") < text.index("from scripts")
