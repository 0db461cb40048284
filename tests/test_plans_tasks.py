"""The responsibility tables of 004, cell by cell."""

from __future__ import annotations

from collections import Counter

import pytest

from plans.tasks import find_tasks
from plans.units import canonical, leader_of_heading, listed, responsibility, spelled
from tests.papers import archive, catalogue, paper


def test_every_row_is_there():
    """Annexes 1 to 3 have 36, 129 and 48 rows, numbered without a gap."""
    rows = archive().tasks
    assert Counter(row.annex for row in rows) == {1: 36, 2: 129, 3: 48}
    third = [row.number for row in rows if row.annex == 3]
    assert third == list(range(1, 49))


def test_rows_stand_verbatim_in_their_line():
    """A row's text is the printed stretch at its line and column."""
    lines = next(d for d in catalogue() if d.id == "004").lines
    for row in archive().tasks:
        assert lines[row.line - 1][row.start : row.start + len(row.text)] == row.text


@pytest.mark.parametrize(
    ("annex", "section_or_group", "number", "expected"),
    [
        (1, "一、徐建兵市长牵头重点工作", 1, ("徐建兵", ("市发改局",), "starred", 2)),
        (1, "二、何学考常务副市长牵头重点工作", 9, ("何学考", ("市公安局",), "sole", 1)),
        (1, "三、郑巨化副市长牵头重点工作", 6, ("郑巨化", (), "named", 2)),
        (1, "八、市政府各部门共同推进重点工作", 1, (None, ("市政府直属各单位",), "sole", 1)),
        (2, "二、何学考常务副市长牵头重点工作", 6, ("何学考", ("市发改局",), "starred", 8)),
        (2, "四、吴振弟副市长牵头重点工作", 18, ("吴振弟", ("市人社局",), "sole", 1)),
        (3, "公共卫生服务能力提升", 1, ("陈微燕", (), "named", 2)),
        (3, "公共卫生服务能力提升", 7, ("陈微燕", ("市红十字会",), "sole", 1)),
        (3, "供水安全和保障能力提升", 12, ("吴振弟", ("市水利局",), "sole", 1)),
        (3, "山老区基础设施提升", 45, ("郑巨化", ("市供电局",), "sole", 1)),
        (3, "农贸市场改造力度提升", 48, ("王烨", (), "named", 2)),
    ],
)
def test_cells_are_understood(annex, section_or_group, number, expected):
    """Leader, lead units, basis and number of units, with page breaks and merged cells."""
    row = next(
        r
        for r in archive().tasks
        if (r.annex, r.section or r.group, r.number) == (annex, section_or_group, number)
    )
    by = row.responsibility
    assert (by.leader, by.lead_units, by.unit_basis, len(by.units)) == expected


def test_a_spelling_is_one_of_its_area():
    """Units have one spelling in their own city; another city keeps what it prints."""
    printed = responsibility("*市人力社保局、市人社局、市乙局")
    assert spelled(printed, ("乐清",)).units == ("市人社局", "市乙局")
    assert spelled(printed, ("乐清",)).lead_units == ("市人社局",)
    assert spelled(printed, ("霖州",)) == printed


def test_remark_names_another_lead():
    """A remark 由市委政法委牵头 is kept apart from the units of the cell."""
    row = next(r for r in archive().tasks if r.line == 51)
    assert row.responsibility.remark_lead_units == ("市委政法委",)
    assert row.responsibility.units == ("市公安局",)


@pytest.mark.parametrize(
    ("printed", "leads", "units", "basis"),
    [
        ("*甲局、乙局", ("甲局",), ("甲局", "乙局"), "starred"),
        ("乙局、*甲局", ("甲局",), ("甲局", "乙局"), "starred"),
        ("甲局", ("甲局",), ("甲局",), "sole"),
        ("甲局，乙局", (), ("甲局", "乙局"), "named"),
        ("各乡镇(街道)", ("各乡镇（街道）",), ("各乡镇（街道）",), "sole"),
        ("市人力社保局", ("市人力社保局",), ("市人力社保局",), "sole"),
        ("", (), (), "issuer"),
    ],
)
def test_unit_cells(printed, leads, units, basis):
    """Stars lead, one unit alone leads, several without a star have no lead."""
    by = responsibility(printed)
    assert (by.lead_units, by.units, by.unit_basis) == (leads, units, basis)


def test_unit_spelling_has_no_star_and_one_kind_of_bracket():
    """Two prints of one unit give one spelling."""
    assert canonical("*有关乡镇(街道)") == canonical("有关乡镇（街道）") == "有关乡镇（街道）"


@pytest.mark.parametrize(
    ("heading", "leader"),
    [
        ("三、李某某副市长牵头重点工作", "李某某"),
        ("一、赵某县长牵头重点工作", "赵某"),
        ("八、其他重点工作", None),
    ],
)
def test_leader_of_a_heading(heading, leader):
    """The person before the title leads the section; a heading without one has none."""
    assert leader_of_heading(heading) == leader


def test_another_towns_table_is_read():
    """Columns in another order, own lead and support columns, merged cells, a repeated header."""
    text = (
        "附件 2\n\n2024年重点任务分解\n\n"
        "牵头单位\t项目名称\t建设内容\t配合单位\t序号\n"
        "县交通局\t道路\t建成青溪大道。\t县财政局、青溪镇\t1\n"
        "\t\t开工石桥路。\t\t2\n\n"
        "牵头单位\t项目名称\t建设内容\t配合单位\t序号\n"
        "县水利局\t水利\t加固青溪水库。\t\t3\n"
    )
    rows = find_tasks(paper(text))
    assert [row.text for row in rows] == ["建成青溪大道。", "开工石桥路。", "加固青溪水库。"]
    assert rows[1].responsibility.units == ("县交通局", "县财政局", "青溪镇")
    assert rows[1].responsibility.lead_units == ("县交通局",)
    assert [row.group for row in rows] == ["道路", "道路", "水利"]
    assert [row.annex for row in rows] == [2, 2, 2]


FLAT = """2024年任务分解表
序号
重点任务
具体内容
牵头单位
责任单位
完成时限
一、畅通路网
7
快速路
青溪大道建成通车
县住建局
县城投集团
10月底前
二、更新城区
8
老城
启动石桥片区更新
县住建局
青溪镇
12月底前
"""


def test_a_flattened_table_keeps_its_categories():
    """One cell to a line, category lines in between, and a first number that is not one."""
    rows = find_tasks(paper(FLAT))
    assert [(row.number, row.section, row.group) for row in rows] == [
        (7, "一、畅通路网", "快速路"),
        (8, "二、更新城区", "老城"),
    ]
    assert [row.responsibility.units for row in rows] == [
        ("县住建局", "县城投集团"),
        ("县住建局", "青溪镇"),
    ]


def test_a_bar_alone_is_a_blank_cell():
    """Cells that each end with a bar, one to a line: blank ones keep the others in their place."""
    cells = ["序号", "项目名称", "建设内容", "投资（万元）", "牵头单位", "责任单位", "进展情况"]
    row = ["1", "青溪路", "建成通车。", "300", "县住建局", "", "已完工。"]
    text = "\n".join(
        [*(f"{cell} |" for cell in cells), "|", *(f"{cell} |".strip() for cell in row)]
    )
    (task,) = find_tasks(paper(text))
    assert (task.name, task.text, task.progress) == ("青溪路", "建成通车。", "已完工。")
    assert task.responsibility.units == ("县住建局",)


def test_cells_stand_where_they_look_right():
    """A row whose first cells are merged with those above, and one that names another lead."""
    text = (
        "序号\t重点任务\t具体内容\t牵头单位\t责任单位\t完成时限\n"
        "1\t道路\t建成青溪大道。\t县交通局\t县财政局\t12月底前\n"
        "2\t\t开工石桥路。\t\t青溪镇\t9月底前\n"
        "3\t\t论证青溪机场。\t县发改局\t\t\n"
    )
    rows = find_tasks(paper(text))
    assert [row.responsibility.lead_units for row in rows] == [
        ("县交通局",),
        ("县交通局",),
        ("县发改局",),
    ]
    assert rows[1].responsibility.units == ("县交通局", "青溪镇")
    assert rows[2].responsibility.units == ("县发改局",)


def test_a_list_of_units_gives_back_what_it_leaves_out():
    """An ending goes to the areas before it, wherever it stands; a level to bodies of a level."""
    printed = "市住建局、东湖区、西江区人民政府，城市管理局、科协、水务集团"
    assert [*listed(printed)] == [
        "市住建局",
        "东湖区人民政府",
        "西江区人民政府",
        "市城市管理局",
        "市科协",
        "市水务集团",
    ]


@pytest.mark.parametrize("others", ["等", "等单位", "等有关部门", "等相关职能部门"])
def test_that_there_are_others_is_no_part_of_a_unit(others):
    """A list that ends with 等 names those before it; a name of its own that ends so stays."""
    assert listed(f"市甲局、市乙局{others}") == ("市甲局", "市乙局")
    assert listed("等") == ("等",)
