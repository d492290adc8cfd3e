/** What the page itself says around an answer and a comparison. */
export const answerWords = {
  source: "依据",
  unfold: "展开全文",
  fold: "收起",
  fullSource: "看文件全名",
  warning: "请注意",
  toDo: "怎么办",
  actions: "对这条回答",
  copy: "复制",
  copied: "已复制",
  copyFailed: "复制不了，请长按文字来选",
  useful: "有用",
  useless: "没用",
  thanks: "记下了，谢谢。",
  waiting: "记下了，连上网就发出去。",
  whyUseless: "哪里不好？可以不选",
  reasons: {
    beside_the_point: "没答到点上",
    not_understood: "看不懂",
    differs_from_what_i_know: "跟我知道的不一样",
    other: "别的",
  },
  /** Below a copied answer: who it is from, and of which day. */
  from: (day: string) => `（异地就医助手，不是官方机构，${day}）`,
  comparison: "放在一起看",
  /** How far an answer's documents go; nothing for one that is simply decided. */
  status: {
    needs: "还要看情况",
    not_stated: "文件没写",
    not_in_force: "那天没有生效的规定",
    no_pack: "没有这里的资料",
  } as Record<string, string>,
} as const;
