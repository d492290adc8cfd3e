"""Questions that were asked in vain become training examples, with the label of somebody who read them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.loading import load_data
from ruamel.yaml import YAML

from scripts.label import BadFile, Example, add, annotated, asked, known_texts, labels, read_rows, sort_out
from server.routes.desk_questions import COLUMNS
from services.export_files import exported_bytes

ON = date(2026, 11, 23)
NAMED = labels()


def row(text: str, label: str = "") -> dict[str, str]:
    return {"问题": text, "标为": label, "话题": ""}


def test_the_desk_s_own_export_is_read_and_rows_without_a_label_wait(tmp_path: Path) -> None:
    path = tmp_path / "questions.csv"
    path.write_bytes(exported_bytes(".csv", COLUMNS, [("没听懂", "", "page", "", "", "", "", "=转到北京咋弄", "", "否")]))
    rows = read_rows(path)
    assert sort_out(rows, NAMED, {}).undecided == 1
    rows[0]["标为"] = "转诊"
    [example] = sort_out(rows, NAMED, {}).taken
    assert example == Example("ask_referral", '=转到[北京]{"entity": "region"}咋弄')


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", "问题\n转诊".encode("gbk")])
def test_another_file_is_refused_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    with pytest.raises(BadFile, match="服务台「待答问题」导出"):
        read_rows(path)


@pytest.mark.parametrize(("label", "intent"), [("转诊", "ask_referral"), ("out_of_scope", "out_of_scope"), ("ask_why", "ask_why")])
def test_a_label_is_a_topic_s_title_or_an_intent(label: str, intent: str) -> None:
    assert sort_out([row("这句话谁都没说过", label)], NAMED, {}).taken[0].intent == intent


def test_a_label_there_is_not_is_named_with_its_line_and_nothing_is_taken() -> None:
    with pytest.raises(BadFile, match="第3行：没有「转院」") as told:
        sort_out([row("这句话谁都没说过", "转诊"), row("那句也是", "转院")], NAMED, {})
    assert "什么都没有写" in str(told.value)


def test_one_text_with_two_labels_is_a_fault_and_with_the_same_label_is_taken_once() -> None:
    with pytest.raises(BadFile, match="第3行：同一句话前面标的是 ask_referral"):
        sort_out([row("这句话谁都没说过", "转诊"), row("這句話誰都沒說過", "要不要备案")], NAMED, {})
    assert len(sort_out([row("这句话谁都没说过", "转诊")] * 2, NAMED, {}).taken) == 1


def test_what_is_trained_on_what_only_measures_and_what_is_masked_is_left_out() -> None:
    known = known_texts()
    for text in ("大夫让上济南再查查，我这医保关系在文登，用提前备案不", "换个外省的城市，是不是就得先报一声了"):
        [why] = sort_out([row(text, "转诊")], NAMED, known).left_out
        assert "已经有一样的" in why
    assert "遮住" in sort_out([row("我叫张**，能转诊吗", "转诊")], NAMED, known).left_out[0]


def test_what_is_added_is_what_rasa_reads_and_stays_when_more_is_added(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.yml"
    add([Example("ask_referral", annotated("要转到北京去咋整"))], "张三", ON, path)
    add([Example("ask_referral", "大夫让转院: 手续“咋”办#1"), Example("ask_why", "凭啥呀这")], "李四", ON, path)
    read = load_data(str(path)).intent_examples
    assert [(one.get("intent"), one.get("text")) for one in read] == [
        ("ask_referral", "要转到北京去咋整"), ("ask_referral", "大夫让转院: 手续“咋”办#1"), ("ask_why", "凭啥呀这"),
    ]
    assert read[0].get("entities")[0]["value"] == "北京"
    first = YAML(typ="safe").load(path)["nlu"][0]["examples"][0]
    assert first["metadata"] == {"labelled_by": "张三", "labelled_on": "2026-11-23"}


def test_rows_are_asked_for_one_by_one_until_who_reads_has_had_enough() -> None:
    said = iter(["转院", "转诊", "", "q"])
    given = asked([row("甲"), row("乙"), row("丙"), row("丁"), row("戊", "为什么")], NAMED, lambda _: next(said))
    assert [one["标为"] for one in given] == ["转诊", "", "", "", "为什么"]


def test_the_file_written_by_the_command_is_a_csv_that_a_spreadsheet_saved(tmp_path: Path) -> None:
    path = tmp_path / "saved.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [*COLUMNS, "标为"])
        writer.writeheader()
        writer.writerow({"问题": "这句话谁都没说过", "标为": " 转诊 "})
    assert len(sort_out(read_rows(path), NAMED, {}).taken) == 1
