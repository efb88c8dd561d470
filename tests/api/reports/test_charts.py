import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("altair", reason="phaen[charts] is not installed")

from api.reports.charts import charts, svg
from api.reports.charts.label_placement import Board
from ingest.records import Organisation, Period
from kb import KnowledgeBase
from kb.comparison import compare
from kb.reference.areas import provinces
from tests.kb.samples import document


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """Compare the 77 provinces, each with an old and a new plan."""
    words = "เกษตรปลอดภัย เมืองน่าอยู่ ท่องเที่ยวยั่งยืน น้ำทั่วถึง ป่าสมบูรณ์ ค้าชายแดน สังคมเป็นสุข".split()
    with KnowledgeBase(tmp_path_factory.mktemp("kb") / "kb.db") as kb:
        for at, one in enumerate(provinces()):
            body = Organisation(f"จังหวัด{one.thai}", "province", one.thai)
            for period, shift in ((Period(2561, 2565), 0), (Period(2566, 2570), 1)):
                said = " ".join(words[(at + step + shift) % 7] for step in range(3))
                kb.add(document(f"{at}{period}", ("vision", said), body=body, period=period))
        return compare(kb, over_time=True).to_dict()


def test_every_chart_tells_its_message_and_has_its_data(stated: dict) -> None:
    made = {chart.name: chart for chart in charts(stated)}
    assert set(made) == {"closeness", "themes", "map", "changes", "provinces"}
    for chart in made.values():
        assert len(chart.description) > 20
        assert len(chart.csv().splitlines()) == len(chart.rows) + 1
    assert len(made["provinces"].rows) == 77
    assert {row["initials"] for row in made["provinces"].rows} >= {"กทม", "บก", "นธ"}


def test_names_are_drawn_whole_with_their_marks(stated: dict) -> None:
    drawn = {chart.name: svg(chart) for chart in charts(stated) if chart.name in ("map", "themes")}
    assert "จ.แม่ฮ่องสอน" in drawn["map"]
    assert "จ.พระนครศรีอยุธยา" in drawn["map"]
    for text in drawn.values():
        assert "…</text>" not in text
        assert not re.search("[\u0e48-\u0e4c]{2}", text)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=3, max_size=60))
def test_any_points_get_their_names(points: list[tuple[float, float]]) -> None:
    names = [f"อบจ.จังหวัดที่{at}" for at in range(len(points))]
    board = Board.around(points, 11)
    placed = board.labels(names, points)
    assert len(placed) == len(points)
    assert placed == board.labels(names, points)


def test_names_on_the_map_cover_no_other() -> None:
    points = [(at % 7 / 7, at // 7 / 11) for at in range(77)]
    names = [f"จ.{one.thai}" for one in provinces()]
    board = Board.around(points, 11)
    placed = board.labels(names, points)
    for at, (x, y) in enumerate(placed):
        assert 0 <= x <= board.width
        assert 0 <= y <= board.height
        near = [other for other in placed[:at] if abs(other[1] - y) < 11 and abs(other[0] - x) < 20]
        assert not near
