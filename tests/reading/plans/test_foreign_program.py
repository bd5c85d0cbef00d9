"""A plan that another spreadsheet program opened and saved is read back as it was."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from tests.reading.plans.test_round_trip import check
from tests.writing.plans import ALL, PLAN, ROAD_ROW, WITH_ORDINANCE
from thamthan.reading.plans import read_plan
from thamthan.writing.plan_tables import write_plan_xlsx

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice Calc is not installed here"),
]
AS_WORKBOOK = "xlsx:Calc MS Excel 2007 XML"
# Cells as they are shown, as a person saves them: separator, quotes, UTF-8.
AS_COMMAS = "csv:Text - txt - csv (StarCalc):44,34,76,1"


def converted(files: list[Path], kind: str, folder: Path) -> list[Path]:
    """These files as the program saves them, in the order in which they were given."""
    assert OFFICE is not None
    command = [
        OFFICE, f"-env:UserInstallation={(folder / 'own').as_uri()}", "--headless",
        "--convert-to", kind, "--outdir", str(folder), *map(str, files),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [folder / f"{file.stem}.{kind.partition(':')[0]}" for file in files]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("plans")
    files = [folder / f"plan-{at}.xlsx" for at in range(len(ALL))]
    for file, table in zip(files, ALL, strict=True):
        file.write_bytes(write_plan_xlsx([table]))
    return files


def test_saved_by_another_program_nothing_changes(written: list[Path], tmp_path: Path) -> None:
    # Through the program's own form, so that nothing of our file is handed on as it was.
    own = converted(written, "ods", tmp_path)
    saved = converted(own, AS_WORKBOOK, tmp_path)
    for table, file in zip(ALL, saved, strict=True):
        content = file.read_bytes()
        assert b"openpyxl" not in content
        (sheet,) = read_plan(content, name=file.name).sheets
        check(table, sheet)


def test_saved_as_csv_nothing_changes(written: list[Path], tmp_path: Path) -> None:
    for table, file in zip(ALL, converted(written, AS_COMMAS, tmp_path), strict=True):
        (sheet,) = read_plan(file.read_bytes(), name=file.name).sheets
        check(table, sheet)


def test_a_printed_plan_shows_every_word_and_amount_on_paper_on_its_side(tmp_path: Path) -> None:
    many = [tmp_path / "many.xlsx", tmp_path / "wide.xlsx"]
    for file, table in zip(many, (PLAN, WITH_ORDINANCE), strict=True):
        file.write_bytes(write_plan_xlsx([replace(table, rows=(ROAD_ROW,) * 20)]))
    for file in converted(many, "pdf", tmp_path):
        document = pypdfium2.PdfDocument(file.read_bytes())
        pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
        width, height = document[0].get_size()
        document.close()
        assert width > height
        assert len(pages) > 1
        assert all("งบประมาณ" in page and "โครงการ" in page for page in pages)
        whole = "".join(pages)
        assert "###" not in whole
        # The last words of a cell of several lines; letters with marks come out in any order.
        assert whole.count("หนา0.15เมตร") == 20
        assert whole.count("2,450,000") >= 100
