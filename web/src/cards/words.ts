/** What the page itself says on the cards about a filing. */
export const cardWords = {
  review: {
    title: "请核对",
    papers: "材料",
    edit: "修改",
    editOf: (title: string) => `修改${title}`,
  },
  letter: {
    title: "承诺书",
    hint: "请看完再选",
    version: (version: string) => `版本 ${version}`,
  },
  receipt: {
    title: "备案已提交",
    titleOf: {
      confirmed: "备案办好了",
      ending: "注销申请已提交",
      ended: "备案已注销",
    } as Record<string, string>,
    number: "备案号",
    copy: "复制",
    copied: "已复制",
    copyFailed: "复制不了，请长按号码",
    status: "状态",
    open: "打开备案文件",
    download: "下载",
  },
  filing: {
    title: "备案进度",
    region: "去往的城市",
    startsOn: "开始日期",
    valid: "有效期",
    mayChange: "变更",
    predecessor: "接着的是这份备案",
    reason: "要改的地方",
    timeline: "经过",
    actions: "这份备案可以",
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
