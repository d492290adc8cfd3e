"""Each mistake in a pack is refused, in words that say where it is, what is wrong and what to do.

A folder of tests/broken_packs holds one pack with one mistake, and the message it must give.
The pack (and a list of documents, where that is what is wrong) is put into a copy of `skeleton`, otherwise complete.
"""

import shutil
from pathlib import Path

import pytest

from rules_engine.errors import PackError
from rules_engine.packs import load

BROKEN = Path(__file__).resolve().parent.parent / "broken_packs"
SKELETON = BROKEN / "skeleton"
MISTAKES = sorted(
    folder.name for folder in BROKEN.iterdir()
    if folder.is_dir() and folder != SKELETON and not folder.name.startswith("filing_kinds_")  # test_filing_kinds.py
)


@pytest.fixture
def packs_folder(tmp_path):
    return shutil.copytree(SKELETON, tmp_path / "packs")


def put(folder, mistake):
    for path in (BROKEN / mistake).glob("*.yml"):
        shutil.copy(path, folder / "regions" / "371000_weihai")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_pack_with_one_mistake_is_refused_with_its_own_message(mistake, packs_folder):
    put(packs_folder, mistake)
    with pytest.raises(PackError) as refused:
        load(packs_folder)
    assert str(refused.value) == (BROKEN / mistake / "message.txt").read_text(encoding="utf-8").strip()
    assert all((refused.value.where, refused.value.problem, refused.value.remedy))


def put_right_pack(folder, region="371000_weihai"):
    """The pack of `rate_above_one` with its mistake mended, for the region of that folder."""
    text = (BROKEN / "rate_above_one" / "share_borne.yml").read_text(encoding="utf-8")
    mended = text.replace('"10"', '"0.10"').replace('"371000"', f'"{region[:6]}"')
    (folder / "regions" / region / "share_borne.yml").write_text(mended, encoding="utf-8")


def test_the_skeleton_is_whole_so_that_only_the_mistake_can_be_to_blame(packs_folder):
    put_right_pack(packs_folder)
    assert [p.id for p in load(packs_folder).provisions("371000")] == ["example.share_borne.temporary_care"]


def test_pack_name_copied_into_another_region_is_refused(packs_folder):
    shutil.copytree(packs_folder / "regions" / "371000_weihai", packs_folder / "regions" / "330100_hangzhou")
    put_right_pack(packs_folder, "371000_weihai")
    put_right_pack(packs_folder, "330100_hangzhou")
    with pytest.raises(PackError, match=r"example\.share_borne\.temporary_care：同一个id写了两次"):
        load(packs_folder)


@pytest.mark.parametrize("name", ["topics.yml", "terms.yml", "national/contacts.yml", "regions/371000_weihai/documents.yml"])
def test_missing_file_is_named(name, packs_folder):
    put_right_pack(packs_folder)
    (packs_folder / name).unlink()
    with pytest.raises(PackError, match=rf"{Path(name).name}：没有这个文件。请补上"):
        load(packs_folder)


def test_topic_without_a_title_is_named(packs_folder):
    (packs_folder / "topics.yml").write_text("topics:\n  share_borne: {next: []}\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"topics\.yml 的 share_borne：缺少 title。请补上"):
        load(packs_folder)


def test_document_without_its_date_is_named(packs_folder):
    put_right_pack(packs_folder)
    documents = packs_folder / "regions" / "371000_weihai" / "documents.yml"
    documents.write_text("documents:\n  example_2021: {title: 示例通知, short_name: 示例通知}\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"371000_weihai/documents\.yml 的 example_2021：缺少 issued_on。请补上"):
        load(packs_folder)
