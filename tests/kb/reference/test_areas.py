import pytest

from ingest.errors import UsageError
from ingest.records import Organisation
from kb.reference.areas import area, areas, provinces


def test_every_province_lies_in_a_region_and_all_but_bangkok_in_a_group() -> None:
    regions = [one for one in areas() if one.kind == "region"]
    groups = [one for one in areas() if one.kind == "cluster"]
    assert (len(regions), len(groups)) == (6, 18)
    assert sum(len(one.provinces) for one in regions) == len(provinces()) == 77
    assert sum(len(one.provinces) for one in groups) == 76


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ภาคเหนือ", "ภาคเหนือ"),
        ("เหนือตอนบน ๒", "ภาคเหนือตอนบน 2"),
        ("กลุ่มจังหวัดภาคเหนือตอนบน 1", "ภาคเหนือตอนบน 1"),
        ("ภาคอีสาน", "ภาคตะวันออกเฉียงเหนือ"),
        ("ชายแดนใต้", "ภาคใต้ชายแดน"),
        ("northeast", "ภาคตะวันออกเฉียงเหนือ"),
    ],
)
def test_an_area_is_found_by_the_names_people_use(asked: str, found: str) -> None:
    assert area(asked).name == found


@pytest.mark.parametrize("asked", ["", "ภาค", "ล้านนา"])
def test_an_unknown_area_is_told(asked: str) -> None:
    with pytest.raises(UsageError, match="area-unknown"):
        area(asked)


def test_bodies_lie_where_their_province_lies() -> None:
    upper = area("ภาคเหนือตอนบน 2")
    assert upper.holds(Organisation("องค์การบริหารส่วนจังหวัดแพร่", "pao", "แพร่"))
    assert not upper.holds(Organisation("จังหวัดตาก", "province", "ตาก"))
    assert not upper.holds(Organisation("กระทรวงมหาดไทย", "ministry"))
    group = Organisation("กลุ่มจังหวัดภาคเหนือตอนบน 2", "province_group")
    assert upper.holds(group)
    assert area("ภาคเหนือ").holds(group)
    assert not area("ภาคใต้").holds(group)
