/** What the page says about where someone is insured, and what an empty page offers. */
export const cityWords = {
  hello: "可以问异地就医的规定，算自己要付多少，也能在这里办备案。答案都写明出自哪份文件。",
  which: "您在哪里参保？",
  again: (name: string) => `上次是${name}参保，还是${name}吗？`,
  still: (name: string) => `还是${name}`,
  others: "别的城市也能问，会告诉您打哪个电话。",
  taken: (name: string) => `按${name}参保来回答`,
  unknown: (name: string) => `您说的是${name}参保，这里没有${name}的资料`,
  change: "换城市",
  keep: "不换",
  changeTo: "换成哪里参保？",
  whatFor: "能帮您做什么",
  further: "也可以",
  /** `says` is sent as if it had been typed. */
  capabilities: [
    { title: "问规定", line: "要不要备案、先付多少、带什么材料", says: "去外地看病要不要备案" },
    { title: "算费用", line: "住院自己大概付多少", says: "算一算住院自己付多少" },
    { title: "办备案", line: "在这里填好，交给经办机构", says: "我要办备案" },
    { title: "我的备案", line: "看进度，改、续、撤回", says: "我的备案" },
  ],
} as const;
