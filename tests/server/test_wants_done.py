import pytest

from server.wants_done import wants_it_back, wants_it_done


@pytest.mark.parametrize(
    "text",
    ["就在你这儿办好了", "你帮他把天津的办了吧", "麻烦你给我备一个", "赶紧给他补一个", "你就在这儿给我弄一下嘛", "今天就给我办上",
     "给我老爹备案", "替我办", "帮我备案吧", "我医保是高邮的，要去南京常住，给我自己办异地备案",
     "我高邮医保，嫁到连云港好多年了，常住那边，我要备案", "下周二去北京做个手术 待十来天 要备案 快点",
     "医生说还是直接去天津，你帮他把天津的办了吧", "你就在这儿给我弄一下嘛，住好几年呢", "高邮居民医保，备案去镇江常住，我自己办",
     "那我先填起来，证明回头补"],
)
def test_asking_to_have_it_done_begins_a_filing(text):
    assert wants_it_done(text)


@pytest.mark.parametrize(
    "text",
    ["要不要给我妈办备案", "能不能给他办", "医院给办还是自己办", "不用给我办了", "别给我登记了", "帮我删掉备案", "怎么给老人备案",
     "我已经给他办过备案了", "在大厅里办要带什么", "帮我算一下自己付多少", "去北京看病要备案吗", "看病刷不了卡，讲要备案？", "要备案",
     "去北京看病，什么情况要备案", "单位给我办了备案，去上海看病可以直接刷卡吗", "我女儿帮我备案了，现在住院还要交押金吗",
     "社区帮我登记了，还要去医保局", "给他办了备案，回来能报", "儿子帮我填了，审核要过了才能走", "我今天办了备案", "现在办了，马上能用吗",
     "他们说去北京看病，要备案", "跨省的话，需要备案，对吗", "我妈去上海看病，要备案，对吧", "医生说，得备案", "备案必须本人去，自己办",
     "先填上承诺书，能变更吗", "手机玩不转，有没有人能当面给办"],
)
def test_asking_about_it_does_not(text):
    assert not wants_it_done(text)


@pytest.mark.parametrize(
    "text", ["我昨天在这儿提交的备案填错了，想撤回来", "刚才交的那份帮我撤了", "地址填错了，把刚提交的撤回", "今天填的备案，撤销"]
)
def test_asking_to_have_it_back_takes_a_filing_back(text):
    assert wants_it_back(text)


@pytest.mark.parametrize("text", ["提交以后能不能撤回", "刚交的能撤回吗", "备案怎么撤销", "填错了咋办", "提交了还可以撤回不",
     "刚提交的备案被撤了", "不要撤回，刚才提交的是对的", "提交之后撤回会影响报销", "单位刚办的退休，社保卡收回了"])
def test_asking_whether_it_can_be_had_back_does_not(text):
    assert not wants_it_back(text)
