import pytest

from server.wants_done import wants_it_done


@pytest.mark.parametrize(
    "text",
    ["就在你这儿办好了", "你帮他把天津的办了吧", "麻烦你给我备一个", "赶紧给他补一个", "你就在这儿给我弄一下嘛", "今天就给我办上",
     "给我老爹备案", "替我办", "帮我备案吧", "我医保是高邮的，要去南京常住，给我自己办异地备案"],
)
def test_asking_to_have_it_done_begins_a_filing(text):
    assert wants_it_done(text)


@pytest.mark.parametrize(
    "text",
    ["要不要给我妈办备案", "能不能给他办", "医院给办还是自己办", "不用给我办了", "别给我登记了", "帮我删掉备案", "怎么给老人备案",
     "我已经给他办过备案了", "在大厅里办要带什么", "帮我算一下自己付多少", "去北京看病要备案吗"],
)
def test_asking_about_it_does_not(text):
    assert not wants_it_done(text)
