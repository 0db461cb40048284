"""Who may import what, and what may not stand in a committed file."""

from __future__ import annotations

import ast
import importlib
import json
import re
import tomllib
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from scripts import steps
from tests.tree import CODE, ROOMS, ROOT, modules, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FRONT = ("app", "pages", "planmap", "building", "previewing", "versions")
OWN = {*ROOMS, *FRONT, "store", "disk", "passwords", "isolation"}
# place: which of the project's own it may import, and which packages of others it may not
DOORS = {
    "store": (set[str](), {"pandas", "geopandas", "shapely", "folium", "streamlit"}),
    "passwords": (set[str](), {"pandas", "geopandas", "shapely", "folium", "streamlit"}),
    "isolation": ({"store"}, {"pandas", "geopandas", "shapely", "folium", "streamlit"}),
    "disk": (set[str](), {"pandas", "geopandas", "shapely", "folium", "streamlit"}),
    "plans": (
        {"store", "disk", "isolation"},
        {"pandas", "geopandas", "shapely", "streamlit", "streamlit_folium"},
    ),
    "geo": ({"store", "disk", "isolation"}, {"folium", "streamlit", "streamlit_folium"}),
    "layers": ({"plans", "geo", "store", "isolation"}, {"streamlit", "streamlit_folium"}),
    "app": (OWN, set[str]()),
    "pages": (OWN, {"re"}),
    "versions": ({"plans", "store", "disk"}, {"streamlit", "streamlit_folium"}),
    "building": (
        {*ROOMS, "store", "disk", "versions", "isolation"},
        {"streamlit", "streamlit_folium"},
    ),
    "previewing": (
        {*ROOMS, "building", "store", "isolation"},
        {"streamlit", "streamlit_folium"},
    ),
    "planmap": (
        {*ROOMS, "building", "store", "disk", "passwords", "isolation"},
        {"streamlit", "streamlit_folium"},
    ),
}
MAKERS = {"import_module", "__import__", "exec", "eval"}


def imports(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """Walk over what a module imports from elsewhere: the module, and the names taken out of it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, []) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield str(node.module), [name.name for name in node.names]


def attributes(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """Walk over what a module takes out of a room that it imports whole: ``geo.locate``."""
    whole = {module for module, _ in imports(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield from [(node.value.id, [node.attr])] if node.value.id in whole else []


@cache
def listed(room: str, root: Path = ROOT) -> set[str]:
    """Return what a room's ``__init__.py`` lists in ``__all__``."""
    for _, tree in modules(f"{room}/__init__.py", root=root):
        for node in tree.body:
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            if isinstance(target, ast.Name) and target.id == "__all__":
                return set(ast.literal_eval(node.value))  # type: ignore[attr-defined]
    return set()


def trespasses(root: Path) -> list[str]:
    """Return every import that HOUSE's table of doors does not allow."""
    found = []
    for place, (own, forbidden) in DOORS.items():
        for name, tree in modules(place, f"{place}.py", root=root):
            for module, _ in imports(tree):
                top = module.split(".")[0]
                if top in forbidden or (top in OWN and top not in {*own, place}):
                    found.append(f"{name} imports {module}")
    return found


def unlisted(root: Path) -> list[str]:
    """Return every import out of a room that takes what the room does not list."""
    found = []
    for place in DOORS:
        for name, tree in modules(place, f"{place}.py", root=root):
            for module, taken in [*imports(tree), *attributes(tree)]:
                room, *inside = module.split(".")
                if room not in ROOMS or room == place or listed(room, root) & set(inside):
                    continue  # a listed module opens all that is public in it
                if hidden := sorted(set(taken or inside) - listed(room, root)):
                    found.append(f"{name} takes {', '.join(hidden)} from {room}")
    return found


def test_rooms_import_only_through_the_allowed_doors() -> None:
    """No room imports a room or a package that the house forbids it."""
    assert trespasses(ROOT) == []


def test_others_use_only_what_a_room_lists() -> None:
    """Whatever is taken out of a room stands in the ``__all__`` of its ``__init__.py``."""
    assert unlisted(ROOT) == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_lists_what_others_may_use(room: str) -> None:
    """A room has an ``__init__.py`` that lists something."""
    assert listed(room)


@pytest.mark.parametrize("room", ROOMS)
def test_all_that_a_room_lists_is_there(room: str) -> None:
    """Every listed name can be had, those too that a room loads only when asked."""
    door = importlib.import_module(room)
    assert [name for name in listed(room) if not hasattr(door, name)] == []


def test_no_name_of_the_drawing_office_is_one_of_its_modules() -> None:
    """It loads its names when first asked for: a module of the same name would stand in its way."""
    modules_of = {path.stem for path in (ROOT / "layers").glob("*.py")}
    assert listed("layers") & modules_of == set()


def hidden_imports(root: Path) -> list[str]:
    """Return every place where something is imported or run from a string.

    A room's own door may load the room's modules so, when they are first asked for.
    """
    return [
        f"{name}:{node.lineno}"
        for name, tree in modules(*CODE, root=root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in MAKERS
        and not (name.endswith("__init__.py") and loads_own(node, name.split("/")[0]))
    ]


def loads_own(call: ast.Call, room: str) -> bool:
    """Tell whether a call loads a module by a string that begins with the room's own name."""
    return bool(call.args) and ast.unparse(call.args[0]).lstrip("f'\"").startswith(f"{room}.")


def test_no_room_imports_behind_the_door() -> None:
    """Nothing is imported or run from a string, where the doors test could not see it."""
    assert hidden_imports(ROOT) == []


@pytest.mark.parametrize(
    ("place", "line", "hidden"),
    [
        ("layers/__init__.py", "import_module(f'layers.{name}')", 0),
        ("layers/__init__.py", "import_module(f'plans.{name}')", 1),
        ("layers/__init__.py", "import_module(name)", 1),
        ("layers/table.py", "importlib.import_module('layers.x')", 1),
        ("pages/map.py", "eval('1')", 1),
    ],
)
def test_an_import_from_a_string_is_found(
    tmp_path: Path, place: str, line: str, hidden: int
) -> None:
    """Only a room's own door may load from a string, and only the room's own modules."""
    make(tmp_path, place, line)
    assert len(hidden_imports(tmp_path)) == hidden


WRONG = [
    ("plans/x.py", "import geo", "plans/x.py imports geo"),
    ("plans/x.py", "from layers.files import a", "plans/x.py imports layers.files"),
    ("plans/x.py", "def f():\n    import pandas.api", "plans/x.py imports pandas.api"),
    ("geo/x.py", "from plans import model", "geo/x.py imports plans"),
    ("geo/x.py", "import folium", "geo/x.py imports folium"),
    ("layers/x.py", "from streamlit import cache_data", "layers/x.py imports streamlit"),
    ("layers/x.py", "import app", "layers/x.py imports app"),
    ("pages/x.py", "import re", "pages/x.py imports re"),
    ("isolation/x.py", "from plans import formats", "isolation/x.py imports plans"),
    ("store.py", "import plans", "store.py imports plans"),
    ("planmap.py", "import streamlit", "planmap.py imports streamlit"),
]


@pytest.mark.parametrize(("place", "line", "complaint"), WRONG)
def test_a_wrong_import_is_found(tmp_path: Path, place: str, line: str, complaint: str) -> None:
    """The doors test can fail: each kind of wrong import is named."""
    make(tmp_path, place, line)
    assert trespasses(tmp_path) == [complaint]


@pytest.mark.parametrize(
    "line",
    [
        "from plans import hidden",
        "from plans import shown, hidden",
        "from plans.inner import hidden",
        "import plans.hidden",
        "import plans\nplans.hidden()",
    ],
)
def test_an_unlisted_name_is_found(tmp_path: Path, line: str) -> None:
    """Taking what a room does not list is named, by either way of writing it."""
    make(tmp_path, "plans/__init__.py", '__all__ = ["shown"]')
    make(tmp_path, "layers/x.py", line)
    assert len(unlisted(tmp_path)) == 1


@pytest.mark.parametrize(
    "line", ["import plans", "from plans import shown", "from plans.inner import shown"]
)
def test_a_listed_name_is_free(tmp_path: Path, line: str) -> None:
    """Taking what a room lists is no trespass."""
    make(tmp_path, "plans/__init__.py", '__all__ = ["shown"]')
    make(tmp_path, "layers/x.py", line)
    assert unlisted(tmp_path) == []


def make(root: Path, name: str, text: str) -> None:
    """Write a file of a toy project."""
    (root / ".gitignore").write_text(".venv/\n", encoding="utf-8")
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


# Put together from halves, so that this file does not hold what it looks for.
HOSTS = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "npmmirror" + ".com",
    "deb.debian" + ".org",
    "crates" + ".io",
    "proxy.golang" + ".org",
]
FOLDERS = ["work", "tmp", "root", "home", "opt", "Users"]
BANNED = re.compile(
    "|".join([*map(re.escape, HOSTS), rf"(?<![\w.~*/-])/(?:{'|'.join(FOLDERS)})/[\w.]"])
)


def leaks(root: Path) -> list[str]:
    """Return every place where a file names a package registry or a path of one machine."""
    return [
        f"{name}:{number}: {hit[0]}"
        for name, text in texts(root)
        if not name.startswith("seeds/")  # the documents stay as received
        for number, line in enumerate(text.splitlines(), 1)
        if (hit := BANNED.search(line))
    ]


def test_no_registry_and_no_machine_path_is_committed() -> None:
    """No committed file names a package registry or a folder of the machine it was made on."""
    assert leaks(ROOT) == []


@pytest.mark.parametrize(
    "line",
    [
        *HOSTS,
        *(f"x = '/{folder}/a'" for folder in FOLDERS),
        f"see https://www.{HOSTS[3]}/package/a",
    ],
)
def test_a_leak_is_found(tmp_path: Path, line: str) -> None:
    """The search for leaks can fail: each host and each folder is found."""
    make(tmp_path, "a.md", f"one\n{line}\n")
    assert [leak.partition(": ")[0] for leak in leaks(tmp_path)] == ["a.md:2"]


@pytest.mark.parametrize("line", ["data/work/a", "../tmp/a", "work/main", "https://x.cn/home/a"])
def test_an_innocent_path_is_no_leak(tmp_path: Path, line: str) -> None:
    """Relative paths and addresses of pages are not taken for folders of a machine."""
    make(tmp_path, "a.md", line)
    assert leaks(tmp_path) == []


def requirements(lock: str = "requirements-dev.lock") -> dict[str, str]:
    """Return the blocks of a lock file by the package's name, marker and hashes included."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    return {re.split(r"[=<>@\s]", block)[0].lower().replace("_", "-"): block for block in blocks}


def test_every_locked_package_is_exact_and_hashed() -> None:
    """Each entry of the lock file has one version, at least one hash and no address."""
    shape = re.compile(
        r"[\w.-]+==[\w.!+]+( ; [^\n]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+", re.ASCII
    )
    for lock in steps.LOCKS:
        assert [
            name for name, block in requirements(lock).items() if not shape.fullmatch(block)
        ] == []


def test_the_lock_holds_all_that_the_project_asks_for() -> None:
    """Each requirement of pyproject.toml, optional ones included, stands in the lock file."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = chain.from_iterable(project["optional-dependencies"].values())
    asked = [*project["dependencies"], *optional]
    names = {re.split(r"[\[=<>~!; ]", line)[0].lower().replace("_", "-") for line in asked}
    assert names - set(requirements()) == set()


def test_what_runs_is_locked_apart_and_as_it_was_tested() -> None:
    """The lock of what runs has no tool of the tests, and no other version of anything."""
    runs, tested = requirements("requirements.lock"), requirements()
    assert {name: block.split()[0] for name, block in runs.items()}.items() <= {
        name: block.split()[0] for name, block in tested.items()
    }.items()
    assert not {"pytest", "libcoveoc4ids", "schemathesis", "hypothesis", "jieba"} & set(runs)


def test_the_front_end_lock_has_hashes_and_no_addresses() -> None:
    """package-lock.json pins what package.json asks for by hash, and names no registry."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert lock.pop("")["dependencies"] == asked
    assert [name for name, entry in lock.items() if "resolved" in entry] == []
    assert [name for name, entry in lock.items() if "sha512-" not in entry["integrity"]] == []
    assert {name: lock[f"node_modules/{name}"]["version"] for name in asked} == asked
