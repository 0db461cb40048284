"""The pages that place a thing and show the history, on the real data with edits of their own."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

import building
from layers.words import LANGUAGES
from pages import desk
from plans import Edit, edits
from store import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd


@pytest.fixture(scope="module")
def unedited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue built without any edit, once for all tests of this file."""
    folder = tmp_path_factory.mktemp("unedited") / "built"
    building.build(folder)
    return folder


@pytest.fixture(autouse=True)
def own_edits(tmp_path: Path, unedited: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """No edits at first, and a place of its own for what is built."""
    shutil.copytree(unedited, tmp_path / "built")
    monkeypatch.setenv("PLANMAP_EDITS", str(tmp_path / "edits"))
    monkeypatch.setenv("PLANMAP_BUILT", str(tmp_path / "built"))
    desk.forget()
    yield tmp_path / "edits"
    desk.forget()


def opened(page: str, language: str = "zh", wanted: str = "") -> AppTest:
    """Open the app on a page, with a thing to place where one is named."""
    app = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=120)
    if wanted:
        app.query_params["project"] = wanted
    app.run()
    app.button_group(key="language").set_value(language).run()
    app.switch_page(f"{page}.py").run()
    assert not app.exception
    return app


def unplaced() -> gpd.GeoDataFrame:
    """Return things of which only the township is known."""
    table = desk.built().table
    near = table["townships"].map(lambda towns: towns == ["柳市镇"]).astype(bool)
    return table[(table["location_class"] == "township") & (table["kind"] != "programme") & near]


def fill(app: AppTest, **texts: str) -> AppTest:
    """Fill in the form and save it."""
    labels = {"typed": "或输入坐标（WGS-84）", "source": "来源", "who": "您的姓名"}
    for name, text in texts.items():
        next(one for one in app.text_input if one.label == labels[name]).set_value(text)
    next(one for one in app.button if one.label == "保存位置").click().run()
    assert not app.exception
    return app


def row_of(name: str) -> gpd.GeoDataFrame:
    """Return a row as the catalogue has it now."""
    table = building.load().table
    return table.set_index("id").loc[name]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["place", "edits"])
def test_the_pages_open_in_both_languages(page: str, language: str) -> None:
    """Without any edit both pages are drawn without an exception."""
    opened(page, language)


def test_a_typed_place_is_saved_built_and_undone() -> None:
    """The thing gets its pin with method, source and author; the undo takes it away again."""
    thing = unplaced().iloc[0]
    app = opened("place", wanted=thing["id"])
    fill(app, typed="120.95, 28.05", source="现场踏勘", who="王工")
    assert f"已保存对“{thing['name']}”的修订。" in [one.value for one in app.success]
    row = row_of(thing["id"])
    assert (row.location_class, row.location_method) == ("site", "by_hand")
    assert row.geometry.coords[0] == (120.95, 28.05)
    assert row.location_source == "现场踏勘"
    app.switch_page("edits.py").run()
    next(one for one in app.button if one.label == "撤销").click().run()
    assert not app.exception
    assert row_of(thing["id"]).location_class == "township"
    next(one for one in app.button if one.label == "恢复").click().run()
    assert row_of(thing["id"]).location_class == "site"


def test_a_place_far_from_its_township_is_asked_for_twice(own_edits: Path) -> None:
    """The distance is told and nothing saved; once confirmed it is, and only that one place."""
    thing = unplaced().iloc[0]
    app = opened("place", wanted=thing["id"])
    entry = {"source": "现场踏勘", "who": "王工"}
    fill(app, typed="121.15, 28.4", **entry)
    assert any("柳市镇" in one.value and "公里" in one.value for one in app.warning)
    assert not own_edits.exists()
    sure = next(one for one in app.checkbox if "仍要保存" in one.label)
    sure.check()
    fill(app, typed="121.16, 28.4", **entry)
    assert not own_edits.exists(), "another place is another question"
    next(one for one in app.checkbox if "仍要保存" in one.label).check()
    fill(app, **entry)
    assert row_of(thing["id"]).geometry.coords[0] == (121.16, 28.4)


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"typed": "28.05, 120.95", "source": "x", "who": "y"}, "写反了"),
        ({"typed": "116.4, 39.9", "source": "x", "who": "y"}, "在规划区域之外"),
        ({"typed": "120°57′, 28°3′", "source": "x", "who": "y"}, "度分秒"),
        ({"typed": "120.95, 28.05", "source": "", "who": "y"}, "来源：不能为空"),
        ({"typed": "120.95, 28.05", "source": "x", "who": ""}, "您的姓名：不能为空"),
    ],
)
def test_what_cannot_be_saved_is_told(own_edits: Path, texts: dict[str, str], told: str) -> None:
    """A wrong entry is one clear line; no file is written and nothing changes on the map."""
    app = fill(opened("place", wanted=unplaced().iloc[0]["id"]), **texts)
    assert any(told in one.value for one in app.code)
    assert not own_edits.exists()


def test_two_people_who_did_not_see_each_other_are_in_conflict() -> None:
    """Neither is applied; the history page shows both, and choosing one settles it."""
    thing = unplaced().iloc[0]
    one, other = (opened("place", wanted=thing["id"]) for _ in range(2))
    fill(one, typed="120.95, 28.05", source="现场踏勘", who="王工")
    fill(other, typed="120.96, 28.06", source="图纸", who="李工")
    assert row_of(thing["id"]).location_class == "township"
    app = opened("edits")
    choose = [one for one in app.button if one.label == "采用这一条"]
    assert len(choose) == 2
    app.text_input(key="edit_who").set_value("陈工").run()
    next(one for one in app.button if one.label == "采用这一条").click().run()
    assert not app.exception
    assert row_of(thing["id"]).location_source == "现场踏勘"
    assert edits.read_edits().conflicts == ()
    assert edits.read_edits().edits[-1].who == "陈工"


def test_a_colleagues_file_is_taken_in() -> None:
    """An uploaded file of edits is kept and built; what is wrong in one is told, and none kept."""
    thing = unplaced().iloc[0]
    value = {
        "geometry": {"type": "Point", "coordinates": [120.95, 28.05]},
        "radius_m": 50,
        "source": "图纸",
    }
    good = edits.made(
        edits.Edit("place", thing["id"], thing["name"], value, "why", "李工"), edits.Log()
    )
    bad = json.loads(edits.as_lines([good])) | {"id": "x", "value": {**value, "radius_m": -1}}
    file = edits.as_lines([good]) + json.dumps(bad).encode()
    app = opened("edits")
    assert not app.file_uploader  # until it is known who takes them in
    app.text_input(key="edit_who").set_value("周工").run()
    app.file_uploader[0].set_value(("theirs.jsonl", file, "")).run()
    assert any("theirs.jsonl" in one.value for one in app.code)
    assert edits.read_edits().edits == ()
    app.file_uploader[0].set_value(("theirs.jsonl", edits.as_lines([good]), "")).run()
    assert not app.exception
    assert row_of(thing["id"]).radius_m == 50
    (kept,) = edits.read_edits().edits
    assert (kept.who, kept.imported_by) == ("李工", "周工")
    assert any("李工（由周工导入）" in one.proto.body for one in app.get("html"))
    (told,) = row_of(thing["id"]).corrected
    assert (told["who"], told["imported_by"]) == ("李工", "周工")


def test_a_broken_edits_file_stops_itself_and_not_the_app(own_edits: Path) -> None:
    """The map is shown without its edits; the history names file and line, and lists them."""
    thing = unplaced().iloc[0]
    value = {"townships": [], "source": "现场踏勘", "radius_m": 100}
    value["geometry"] = {"type": "Point", "coordinates": [120.95, 28.05]}
    draft = Edit("place", thing["id"], thing["name"], value, "未定位", "王工")
    lines = edits.as_lines([edits.made(draft, edits.read_edits())])
    own_edits.mkdir()
    (own_edits / "edits.jsonl").write_bytes(lines + b'{"version": 7}\n')
    desk.forget()
    app = opened("edits")
    assert any("第 2 行" in one.value and "版本 7" in one.value for one in app.code)
    assert any("所在文件有误" in element.proto.body for element in app.get("html"))
    assert row_of(thing["id"]).location_class == "township"


def test_a_read_only_site_shows_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """With PLANMAP_READ_ONLY there is no form, no undo and no upload."""
    monkeypatch.setenv("PLANMAP_READ_ONLY", "1")
    app = opened("place", wanted=unplaced().iloc[0]["id"])
    assert "保存位置" not in [one.label for one in app.button]
    app.switch_page("edits.py").run()
    assert not app.file_uploader
    assert not app.exception


def test_a_proposal_is_taken_over_with_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a service proposed is offered, letter by letter; taken over it is share-alike."""
    thing = unplaced().iloc[0]
    monkeypatch.setenv("PLANMAP_ONLINE", str(tmp_path / "online"))
    (tmp_path / "online").mkdir()
    one = {"service": "nominatim", "name": "![x](http://example.org/x.png)", "address": "柳青路"}
    one |= {"lon": 120.95, "lat": 28.05, "asked": "2026-11-25"}
    line = json.dumps({"name": thing["name"], "proposals": [one]})
    (tmp_path / "online" / "nominatim.jsonl").write_text(line + "\n", encoding="utf-8")
    app = opened("place", wanted=thing["id"])
    choice = app.radio(key=f"place_proposal_{thing['id']}")
    assert "柳青路" in choice.options[1]
    assert "![" not in choice.options[1]
    choice.set_value(1).run()
    fill(app, who="王工")
    row = row_of(thing["id"])
    assert (row.location_method, row.licence) == ("online", "ODbL 1.0")
    assert "2026-11-25" in row.location_source
    assert [path.name for path in edits.files()] == ["edits-share-alike.jsonl"]


def correcting(kind: str, name: str = "柳市中学") -> AppTest:
    """Open the page that corrects, with a project and a kind of correction chosen."""
    table = desk.built().table
    app = opened("correct")
    app.selectbox(key="correct_project").set_value(table.set_index("name").loc[name].id).run()
    app.button_group(key="correct_kind").set_value(kind).run()
    assert not app.exception
    return app


def saved(app: AppTest) -> AppTest:
    """Give reason and author, and save the correction."""
    for text in app.text_input:
        if text.label in {"原因", "您的姓名"}:
            text.set_value("读错")
    next(one for one in app.button if one.label == "保存更正").click().run()
    assert not app.exception
    return app


def test_a_stage_is_corrected_seen_in_the_history_and_undone() -> None:
    """The corrected statement counts at once; the undo brings back what was read."""
    before = desk.built().table.set_index("name").loc["柳市中学"]
    app = correcting("stage")
    last = app.radio(key=f"correct_statement_{before.id}").options[-1]
    app.radio(key=f"correct_statement_{before.id}").set_value(
        edits_address(before.statements[-1])
    ).run()
    assert str(before.statements[-1]["line"]) in last
    next(one for one in app.selectbox if one.label == "状态").set_value("operating")
    saved(app)
    said = building.load().table.set_index("name").loc["柳市中学"].statements
    assert [one["stage"] for one in said][-1] == "operating"
    app.switch_page("edits.py").run()
    next(one for one in app.button if one.label == "撤销").click().run()
    assert building.load().table.set_index("name").loc["柳市中学"].statements == before.statements


def edits_address(said: dict) -> str:
    """Return what an edit calls a statement of the table."""
    return f"{said['document']}:{said['line']}:{said['name']}"


def test_a_merge_is_made_on_the_page() -> None:
    """Two projects become one; the history names the other project, not its number."""
    table = desk.built().table.set_index("name")
    app = correcting("merge")
    into = next(one for one in app.selectbox if one.label == "并入哪个项目")
    into.set_value(table.loc["林宅湿地公园"].id)
    saved(app)
    assert "柳市中学" not in set(building.load().table["name"])
    app.switch_page("edits.py").run()
    assert any("→ 林宅湿地公园" in one.proto.body for one in app.get("html"))


@pytest.mark.parametrize("kind", ["category", "strategy", "unit", "split", "name"])
def test_every_kind_of_correction_has_its_form(kind: str) -> None:
    """Each form is drawn; saved as it stands, with a name that differs, it is kept."""
    app = correcting(kind)
    for text in app.text_input:
        if text.label in {"名称", "拆出后的名称"}:
            text.set_value("柳市中学东校区")
    if kind == "category":
        next(one for one in app.selectbox if one.label == "类别").set_value("sport")
    if kind == "strategy":
        next(one for one in app.multiselect if one.label == "战略").set_value(["safety"])
    if kind == "unit":
        next(one for one in app.multiselect if one.label == "牵头单位").set_value(["市教育局"])
    saved(app)
    assert [edit.kind for edit in edits.read_edits()] == [kind]
