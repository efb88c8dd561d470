"""The notebooks run from the first cell to the last and answer what they ask."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.mark.parametrize(
    ("name", "answers"), [("visions.ipynb", ("reworded", "kept", "'documents': 25"))]
)
def test_a_notebook_answers_its_question(name: str, answers: tuple[str, ...]) -> None:
    notebook = nbformat.read(ROOT / "docs" / "notebooks" / name, as_version=4)
    folder = {"metadata": {"path": str(ROOT)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=folder).execute()
    said = "".join(
        output.get("text", "")
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )
    for answer in answers:
        assert answer in said
