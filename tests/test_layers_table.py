"""The one table: its columns are the public contract, and it survives the way through a file."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

import layers
from layers.table import COLUMNS, PROPERTIES, project_table
from tests import toys

CONTRACT = (
    "id name aliases works kind category part_of stage promised as_of as_of_document "
    "known_stage known_date known_source known_source_kind known_publisher "
    "due due_stage due_year due_by "
    "strategies "
    "strategy_basis headings lead_units units unit_basis issuer publisher location_class radius_m "
    "location_method location_source townships unplaced_reason statements known_outcomes corrected"
)
STATEMENT = (
    "document line start end quote more_quotes name category works stage promised certainty "
    "target_year target_year_basis heading strategies lead_units units units_printed unit_basis "
    "leader remark_lead_units issuer publisher quantity"
)


def row(name: str) -> Any:
    """Return one project of the toy town."""
    table = toys.table()
    return next(table[table["name"] == name].itertuples())


def test_columns_are_the_contract() -> None:
    """The table has the export's properties in their order, then what the map needs besides."""
    assert list(PROPERTIES) == CONTRACT.split()
    assert list(toys.table().columns) == [*COLUMNS, "geometry"]


def test_statement_keys_are_the_contract() -> None:
    """Each statement has the export's keys in their order, nothing besides."""
    for statements in toys.table()["statements"]:
        for said in statements:
            assert list(said) == STATEMENT.split()


def test_no_project_is_an_empty_table() -> None:
    """Without projects the table is empty and has the same columns and system."""
    empty = project_table([], toys.locate, {})
    assert len(empty) == 0
    assert list(empty.columns) == list(toys.table().columns)
    assert empty.crs == "EPSG:4326"


def test_order_does_not_depend_on_the_order_of_reading() -> None:
    """The rows come in the order of the documents, however the projects arrive."""
    backwards = project_table(toys.projects()[::-1], toys.locate, toys.PAPERS)
    assert list(backwards["id"]) == list(toys.table()["id"])


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("青溪湿地公园", "stage", "completed"),
        ("青溪湿地公园", "as_of", "2021-04-27"),
        ("青溪湿地公园", "aliases", ["湿地公园"]),
        ("青溪湿地公园", "strategy_basis", {"ecology": "heading"}),
        ("青溪湿地公园", "units", ["市园林局", "市水利局"]),
        ("青溪湿地公园", "lead_units", ["市园林局"]),
        ("青溪湿地公园", "former_ids", ["toy-old"]),
        ("望月路", "schematic", True),
        ("望月路", "location_rule", "between the two villages"),
        ("云岭中学", "townships", ["青溪镇"]),
        ("云岭中学", "radius_m", None),
        ("白鹭洲水厂", "unplaced_reason", "fragment"),
        ("白鹭洲水厂", "candidates", ["白鹭洲"]),
        ("白鹭洲水厂", "part_of", None),
        ("停车位", "unit_basis", ["issuer"]),
    ],
)
def test_values(name: str, column: str, value: object) -> None:
    """What the statements and the place say stands in the row as plain values."""
    assert getattr(row(name), column) == value


def test_a_heading_is_not_hidden_by_an_inference() -> None:
    """A strategy that a heading prints stays so, though another statement only infers it."""
    printed = toys.statement("望月路", strategies=(("safety", "heading"),))
    guessed = toys.statement("望月路", "901", strategies=(("safety", "inferred"),))
    for said in ([printed, guessed], [guessed, printed]):
        table = project_table([toys.project(*said)], toys.locate, toys.PAPERS)
        assert table["strategy_basis"].tolist() == [{"safety": "heading"}]


def test_the_question_carries_what_is_known() -> None:
    """Whoever locates is told name, aliases, sentences, areas, and the name of the whole."""
    asked = []
    park = toys.project(toys.statement("青溪湿地公园", quote="推进青溪湿地公园建设"))
    part = toys.project(toys.statement("湿地公园二期"), part_of=park.id, aliases=("二期",))

    def locate(query: Any) -> Any:
        asked.append(query)
        return toys.locate(query)

    project_table([park, part], locate, toys.PAPERS)
    question = next(query for query in asked if query.name == "湿地公园二期")
    assert (question.host, question.areas, question.aliases) == (
        "青溪湿地公园",
        ("青溪镇",),
        ("二期",),
    )
    assert question.context == ("湿地公园二期",)


def test_the_table_survives_a_file() -> None:
    """Written and read back the table writes the same bytes again."""
    content = layers.to_geojson(toys.table())
    assert layers.to_geojson(layers.read_geojson(content)) == content


def test_every_filter_has_a_selection() -> None:
    """Each field of a selection is a filter, or widens one."""
    names = {field.name for field in fields(layers.Selection)}
    assert names == {*layers.selection.FACETS, "include_issuer"}
