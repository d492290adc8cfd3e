/** What the page itself says on the cards about a filing. */
export const cardWords = {
  /** A figure with what it counts: "9,256元", "19.5%"; a day; a clause: "二（三）", "问答6". */
  whole: /(\d[\d,.]*(?:万?元|%)|(?:\d{4}年)?\d{1,2}月\d{1,2}日|[一二三四五六七八九十]+（[一二三四五六七八九十]+）\d*|问答\d+)/,
  /** A filing number; a landline with its area code, or one of the two public hotlines. "12345元" is a sum. */
  number: /\b(\d{6}-\d{6}-\d{4}-\d{4}-\d|0\d{2,3}-\d{7,8}|12393|12345)(?![\d.,%元万-])/,
  review: {
    title: "请核对",
    papers: "材料",
    edit: "修改",
    editOf: (title: string) => `修改${title}`,
  },
  letter: {
    title: "承诺书",
    hint: "请看完再选",
    version: (day: string, edition: string | undefined) => `${day}${edition ? `第${edition}` : ""}版`,
  },
  receipt: {
    title: "备案已提交",
    titleOf: {
      confirmed: "备案办好了",
      ending: "注销申请已提交",
      ended: "备案已注销",
    } as Record<string, string>,
    number: "备案号",
    what: "办的是",
    handedInAt: "提交时间",
    nextTitle: "接下来",
    /** By status; said by the server's text too, which then leaves it out. */
    next: {
      submitted: [
        "提交不等于办好：参保地经办机构确认了，才算办好。",
        "想知道办到哪一步，说「我的备案」。换了手机，凭备案号、身份证后四位和电话来查。",
        "备案文件打开存好，或者打印一份。",
      ],
      confirmed: ["现在就有效了，不用等人确认。", "备案文件打开存好，或者打印一份。", "想再看，说「我的备案」。"],
      ending: ["经办机构同意以后才算注销，在那之前备案照样有效。", "想知道办到哪一步，说「我的备案」。"],
    } as Record<string, string[]>,
    saidByCard: ["提交不等于办好", "备案文件可以打开、打印", "经办机构同意以后才算注销"],
    code: {
      alt: (number: string) => `备案${number}的二维码，用来核对这份备案`,
      checks: "给别人扫一扫，能核对这份备案是不是这里出的、办到了哪一步。不显示个人信息。",
      holds: "码里是备案号和一串校验数，跟备案文件上的一样，可以拿来核对。",
    },
    copy: "复制",
    copied: "已复制",
    copyFailed: "复制不了，请长按号码",
    status: "状态",
    open: "打开备案文件",
    download: "下载",
    notSaved: "没下载成，请看看网络，再点一次。",
  },
  filing: {
    title: "备案进度",
    insuredPerson: "参保人",
    region: "去往的城市",
    startsOn: "开始日期",
    valid: "有效期",
    mayChange: "变更",
    predecessor: "原来的备案号",
    reason: "经办机构的意见",
    timeline: "经过",
    actions: "这份备案可以",
    earlier: (what: string, status: string) => `以前的：${what}，${status}`,
    whatFor: (kind: string, place: string) => `${kind}（去${place}）`,
  },
  /** Only for filings that carry the code alone. */
  filingStatus: {
    submitted: "已提交，等待经办机构确认",
    confirmed: "经办机构已确认",
    returned: "经办机构已退回",
    replaced: "已由改好的一份代替",
    changed: "已变更",
    withdrawn: "已撤回",
    ending: "已申请注销，等待经办机构处理",
    ended: "已注销",
    expired: "已到期",
  } as Record<string, string>,
} as const;
