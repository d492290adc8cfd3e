from datetime import date
from pathlib import Path

import pytest

from rules_engine.errors import PackError
from services.commitment_letters import PLACEHOLDERS, load_letters

WHOLE = """
letter:
  id: x
  version: "1"
  effective_from: 2022-01-01
  citation: {document: d, article: a, issued_on: 2021-12-10}
  verified_on: 2026-11-22
  title: t
  paragraphs: ["{name}{id_number}{insured_region}{destination}{phone}{address}{date}"]
"""


def folder_with(tmp_path: Path, text: str) -> Path:
    region = tmp_path / "regions" / "999900_shili"
    region.mkdir(parents=True)
    (region / "commitment_letter.yml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_letters_of_the_packs_load_by_region():
    assert set(load_letters()) >= {"371000"}


def test_a_whole_letter_is_read_for_its_folder_region(tmp_path):
    assert load_letters(folder_with(tmp_path, WHOLE))["999900"].version == "1"


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (WHOLE.replace("letter:", "brief:"), "没有 letter:"),
        (WHOLE.replace('  version: "1"\n', ""), "缺少 version"),
        (WHOLE.replace("{phone}", ""), "phone"),
        (WHOLE.replace("{phone}", "{phone}{salary}"), "salary"),
    ],
)
def test_a_broken_letter_is_refused_by_name(tmp_path, broken, message):
    with pytest.raises(PackError, match=message):
        load_letters(folder_with(tmp_path, broken))


def test_a_letter_is_not_given_for_a_day_before_it_was_in_force():
    letter = load_letters()["371000"]
    values = {name: "x" for name in PLACEHOLDERS - {"date"}}
    assert "2022年1月1日" in letter.fill(values, date(2022, 1, 1)).text
    with pytest.raises(ValueError, match="in force from 2022-01-01"):
        letter.fill(values, date(2021, 12, 31))
