"""The national frameworks are whole and hang together."""

import pytest

from ingest.errors import UsageError
from kb.reference.frameworks import above, framework, frameworks, links, node


@pytest.mark.parametrize(
    ("name", "nodes"),
    [("national_strategy", 6), ("master_plans", 23), ("milestones", 13), ("sdgs", 17)],
)
def test_every_framework_is_whole(name: str, nodes: int) -> None:
    found = framework(name)
    assert len(found.nodes) == nodes
    assert all(each.thai and each.english and each.keywords for each in found.nodes)
    assert found.to_dict()["nodes"][0]["framework"] == name


def test_nodes_are_found_by_their_code() -> None:
    assert node("mp6").framework == "master_plans"
    assert len({each.code for one in frameworks() for each in one.nodes}) == 59
    with pytest.raises(UsageError, match="framework-node-unknown"):
        node("MP99")
    with pytest.raises(UsageError, match="framework-unknown"):
        framework("ours")


def test_master_plans_serve_the_national_strategy() -> None:
    for plan in framework("master_plans").nodes:
        main = [link for link in above(plan.code) if link.strength == "main"]
        assert any(link.higher.startswith("NS") for link in main)
    for link in links():
        assert node(link.lower)
        assert node(link.higher)
