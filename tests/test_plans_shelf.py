"""Added documents: kept whole or not at all, joined to the catalogue, and removed again."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

import building
import disk
import planmap
import plans
from plans import shelf
from plans.shelf import AddedAlready, Decision, NotOnShelf, WrongEntry
from store import SEEDS, BrokenFile, ChangedFile, MissingFile
from tests.reading import read_document

TEXT = (
    "青溪镇2026年重点建设项目计划\n\n青溪镇人民政府\n2026年3月5日\n\n"
    "开工建设望月大道，建成云岭中学迁建工程。\n"
    "推进柳市中学迁扩建，加快青溪湿地公园二期建设。\n"
)
SAID = {"title": "青溪镇计划", "issuer": "青溪镇人民政府", "date": "2026", "areas": ["青溪镇"]}


@pytest.fixture(autouse=True)
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty shelf, and a place of its own for what is built."""
    monkeypatch.setenv("PLANMAP_ADDED", str(tmp_path / "added"))
    monkeypatch.setenv("PLANMAP_BUILT", str(tmp_path / "built"))
    return tmp_path / "added"


def read(text: str = TEXT, **said: object) -> plans.Document:
    """Read a text as an upload and describe it."""
    document = read_document(Path("a.txt"), text.encode())
    return shelf.described(document, **SAID | said)


def names(document: plans.Document) -> dict[str, tuple[str, str]]:
    """Return name, stage and category of what an added document says, decisions applied."""
    corrections = shelf.read_decisions([d for d in shelf.read_added() if d.id == document.id])
    found = plans.read_plans([document], corrections, partial=True).statements
    return {one.name: (one.stage, one.category) for one in found}


def files(folder: Path) -> list[str]:
    """Return all that lies below a folder, without the lock that always stays."""
    found = (path for path in folder.rglob("*") if path.name != disk.LOCK)
    return sorted(path.relative_to(folder).as_posix() for path in found)


def test_what_is_kept_is_read_back() -> None:
    """Text and description come back as given, under ids that count on."""
    first = shelf.keep(read())
    second = shelf.keep(read(TEXT + "改造石桥路。", horizon=2030, tense="goal"))
    assert [first.id, second.id] == ["a01", "a02"]
    back = shelf.read_added()
    assert [d.text for d in back] == [first.text, second.text]
    assert [(d.title, d.issuer, d.date, d.areas) for d in back] == [
        ("青溪镇计划", "青溪镇人民政府", "2026", ("青溪镇",))
    ] * 2
    assert [(d.horizon, d.tense) for d in back] == [(None, "promise"), (2030, "goal")]


def test_no_shelf_is_an_empty_one(added: Path) -> None:
    """Nothing added is nothing to read, and looking makes no folder."""
    assert shelf.read_added() == ()
    assert not added.exists()


def test_the_manifest_has_the_columns_of_the_seeds(added: Path) -> None:
    """Both manifests begin with the same line, and so do both tables of corrections."""
    shelf.keep(read())
    seeds = (SEEDS / "manifest.csv").read_text("utf-8").splitlines()[0]
    assert (added / "a01" / "manifest.csv").read_text("utf-8").splitlines()[0] == seeds
    assert (added / "a01" / "corrections.csv").read_text("utf-8") == "what,from,to,reason\n"


@pytest.mark.parametrize("text", [TEXT, plans.read_catalogue()[0].text], ids=["added", "seed"])
def test_a_document_is_kept_only_once(text: str, added: Path) -> None:
    """A text that the catalogue has is refused with the id it has there; nothing is written."""
    shelf.keep(read())
    before = files(added)
    with pytest.raises(AddedAlready, match=r"a01|000"):
        shelf.keep(read(text))
    assert files(added) == before


def test_decisions_are_applied() -> None:
    """A rejected statement is gone, a corrected one is what the reader says, others stay."""
    made = [
        Decision("name", 6, "望月大道", "望月西大道"),
        Decision("stage", 6, "望月大道", "preparation"),
        Decision("category", 6, "望月大道", "bridge"),
        Decision("name", 7, "青溪湿地公园二期", ""),
    ]
    read_as = names(read())
    kept = names(shelf.keep(read(), made))
    assert set(read_as) - set(kept) == {"望月大道", "青溪湿地公园二期"}
    assert kept["望月西大道"] == ("preparation", "bridge")
    assert kept["云岭中学"] == read_as["云岭中学"]


def test_names_can_take_each_others_place() -> None:
    """A name that another finding gives up can be given to the one beside it."""
    made = [
        Decision("name", 6, "望月大道", "云岭中学"),
        Decision("name", 6, "云岭中学", "云岭小学"),
    ]
    kept = names(shelf.keep(read(), made))
    assert {"云岭中学", "云岭小学"} <= set(kept)
    assert kept["云岭中学"][1] == "road"


def test_a_decision_that_no_longer_fits_is_left_out() -> None:
    """A decision on what the rules no longer find does not stop the catalogue."""
    kept = shelf.keep(read(), [Decision("name", 6, "没有的路", "")])
    assert shelf.read_decisions([kept]) == ()
    assert "望月大道" in names(kept)


def test_a_decision_for_an_unknown_stage_is_named(added: Path) -> None:
    """A decisions table that wants what cannot be is broken, and says where."""
    with pytest.raises(BrokenFile, match=r"line 2, field to: 'nonsense' is no stage"):
        shelf.keep(read(), [Decision("stage", 6, "望月大道", "nonsense")])
    assert files(added) == []


def test_a_kept_decision_that_can_no_longer_be_stops_nothing(added: Path) -> None:
    """A code that vanished is named and left out with its decision alone; so is a broken table."""
    kept = shelf.keep(read(), [Decision("stage", 6, "望月大道", "completed")])
    path = added / kept.id / shelf._DECISIONS
    good = path.read_text("utf-8")
    path.write_text(good + good.splitlines()[1].replace("completed", "vanished") + "\n", "utf-8")
    assert names(kept)["望月大道"][0] == "completed"
    (error,) = shelf.refused_decisions([kept])
    assert (error.path, error.line, error.column) == (path, 3, "to")
    path.write_text(good.replace("stage", "vanished"), "utf-8")
    assert shelf.read_decisions([kept]) == ()
    assert shelf.refused_decisions([kept])[0].column == "what"


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("title", " "),
        ("issuer", ""),
        ("areas", [""]),
        ("areas", []),
        *(("date", x) for x in ("", "2025-13", "2025-02-30", "25", "2025年", "2025-1")),
        ("date", "2025-01-01-01"),
        ("horizon", 99999),
        ("tense", "nonsense"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_named(entry: str, value: object) -> None:
    """What cannot be said of a document is refused by its name."""
    with pytest.raises(WrongEntry, match=f"^{entry.removesuffix('s')}: "):
        read(**{entry: value})


@pytest.mark.parametrize("date", ["2025", "2025-08", "2024-02-29"])
def test_a_date_keeps_its_precision(date: str) -> None:
    """Year, month and day are all dates."""
    assert read(date=date).date == date


def test_removed_is_gone(added: Path) -> None:
    """A removed document leaves nothing behind; the others stay; it can be added again."""
    shelf.keep(read())
    other = shelf.keep(read(TEXT + "改造石桥路。"))
    shelf.remove("a01")
    assert {path.parts[0] for path in map(Path, files(added))} == {other.id}
    assert shelf.keep(read()).id == "a03"


@pytest.mark.parametrize("name", ["a02", "000", "..", ".", "", "a01/../a01"])
def test_only_added_documents_can_be_removed(name: str, added: Path) -> None:
    """Seeds and whatever else is no added document stay."""
    shelf.keep(read())
    before = files(added)
    with pytest.raises(NotOnShelf):
        shelf.remove(name)
    assert files(added) == before


def test_a_failed_writing_leaves_nothing(added: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last file cannot be written, none is there."""
    write = shelf._write_table

    def full(path: Path, *rest: object) -> None:
        if path.name == "corrections.csv":
            raise OSError(28, "No space left on device")
        write(path, *rest)

    monkeypatch.setattr(shelf, "_write_table", full)
    with pytest.raises(disk.DiskFull):
        shelf.keep(read())
    assert files(added) == []


def test_ids_taken_at_the_same_moment_are_apart() -> None:
    """Those who add at the same moment get ids of their own, and nobody overwrites another."""
    texts = [f"{TEXT}改造石桥路{number}号。" for number in range(6)]
    with ThreadPoolExecutor(len(texts)) as together:
        kept = list(together.map(lambda text: shelf.keep(read(text)), texts))
    assert sorted(one.id for one in kept) == [f"a{number:02}" for number in range(1, 7)]
    assert {one.id: one.text for one in shelf.read_added()} == {one.id: one.text for one in kept}


def test_one_text_added_twice_at_the_same_moment_is_kept_once() -> None:
    """The second is told that the catalogue has it, however close it was."""

    def tried(_: int) -> bool:
        try:
            shelf.keep(read())
        except AddedAlready:
            return False
        return True

    with ThreadPoolExecutor(4) as together:
        assert sum(together.map(tried, range(4))) == 1
    assert len(shelf.read_added()) == 1


@pytest.mark.parametrize(
    ("harm", "error"),
    [
        (lambda place: (place / "text.txt").write_text("x"), ChangedFile),
        (lambda place: (place / "text.txt").unlink(), MissingFile),
        (lambda place: (place / "manifest.csv").unlink(), MissingFile),
        (lambda place: (place / "manifest.csv").write_text("id\n"), BrokenFile),
        (lambda place: shutil.copytree(place, place.with_name("a07")), BrokenFile),
    ],
)
def test_a_broken_shelf_is_named(harm: object, error: type[Exception], added: Path) -> None:
    """A folder that someone has changed by hand is told with file and reason."""
    shelf.keep(read())
    harm(added / "a01")
    with pytest.raises(error):
        shelf.read_added()
    other = shelf.keep(read(TEXT + "改造石桥路。"))
    whole = shelf.read_whole()
    assert other.id in [document.id for document in whole.documents]
    (broken,) = whole.broken.values()
    assert isinstance(broken, error)


def test_an_added_document_joins_the_catalogue() -> None:
    """Its statements join projects of the seeds, bring new ones, and go with it."""
    before = building.load()
    name = building.add(read())
    table = building.load().table.set_index("name")
    assert list(building.load().documents) == [*before.documents, "a01"]
    assert {said["document"] for said in table.loc["柳市中学", "statements"]} >= {"001", name}
    assert "望月大道" in table.index
    shelf.remove(name)
    after = building.load()
    assert list(after.table["id"]) == list(before.table["id"])
    assert list(after.documents) == list(before.documents)


def test_what_cannot_be_built_is_not_kept(added: Path) -> None:
    """If the catalogue breaks with a document, the document is not kept."""
    with pytest.raises(BrokenFile, match="nonsense"):
        building.add(read(), [Decision("stage", 6, "望月大道", "nonsense")])
    assert files(added) == []


def test_a_name_of_the_seeds_in_another_town_breaks_no_merge() -> None:
    """A thing named like one that a reviewed merge speaks of does not stop the catalogue."""
    text = "青溪市规划\n新建中医院。改造甬台温高速柳市北互通。建设沈海复线。建设后横艺雕小镇。\n"
    assert building.add(read(text, areas=["青溪市"])) == "a01"


@pytest.mark.parametrize(
    ("asked", "read_only"), [("", False), ("0", False), ("false", False), ("1", True)]
)
def test_read_only_is_asked_for(
    asked: str, monkeypatch: pytest.MonkeyPatch, *, read_only: bool
) -> None:
    """The app can be told to keep visitors from adding."""
    monkeypatch.setenv("PLANMAP_READ_ONLY", asked)
    assert shelf.is_read_only() is read_only


@pytest.mark.parametrize(
    ("lines", "look"),
    [
        (("青溪镇2026年计划", "正文。", "青溪镇人民政府办公室", "2026年3月5日"),
         (("青溪镇",), "青溪镇人民政府办公室", "2026-03-05", "printed")),
        (("关于印发《计划》的通知", "2026年2月31日"), ((), "", "2026", "inferred")),
        (("2025年石桥市重点项目",), (("石桥市",), "石桥市人民政府", "2025", "inferred")),
        (("推进各项工作",), ((), "", "", "inferred")),
    ],
)  # fmt: skip
def test_a_first_look_proposes_what_is_printed(lines: tuple[str, ...], look: tuple) -> None:
    """Area, issuer and date are proposed where the first or last lines name them."""
    seen = plans.with_first_look(plans.Document(id="x", text="\n".join(lines), title=lines[0]))
    assert (seen.areas, seen.issuer, seen.date, seen.date_basis) == look


def run(*words: str) -> str:
    """Run the command line and return what it prints."""
    result = CliRunner().invoke(planmap.main, list(words))
    assert result.exit_code == 0, result.output
    return result.output


def test_the_command_line_adds_lists_and_removes(tmp_path: Path) -> None:
    """Add, added and remove do what they say; what the file says itself need not be given."""
    file = tmp_path / "plan.txt"
    file.write_text(TEXT, "utf-8")
    assert run("added") == ""
    line = run("add", str(file), "--issuer", "青溪镇党委")
    assert line.split() == [
        "a01", "2026-03-05", "青溪镇2026年重点建设项目计划", "青溪镇党委", "青溪镇"
    ]  # fmt: skip
    assert run("added") == line
    assert "a01" in run("export", "--document", "a01", "--format", "csv", "--out", "-")
    assert "removed a01" in run("remove", "a01")
    assert run("added") == ""


@pytest.mark.parametrize(
    "words", [("add", "nothing.txt"), ("remove", "a01"), ("remove", "000")], ids=str
)
def test_the_command_line_says_what_is_wrong(words: tuple[str, ...]) -> None:
    """What cannot be done ends with one line and exit code 2."""
    result = CliRunner().invoke(planmap.main, list(words))
    assert result.exit_code == 2
    assert result.output.startswith("planmap: ")
    assert result.output.count("\n") == 1
