/** What the page itself says when a filing is looked up by its number. */
export const lookupWords = {
  filing_no: "备案号",
  filingNoHint: "一共21位，回执上有",
  id_last_four: "参保人身份证后四位",
  phone: "办备案时留的电话",
  submit: "查询",
  private: "只用来核对，发出后会遮住",
  /** The one message that is sent. */
  message: (no: string, lastFour: string, phone: string) => `备案号 ${no} 后四位 ${lastFour} 电话 ${phone}`,
  empty: (label: string) => `还没有填${label}。`,
  noShort: (have: number) => `备案号一共21位，现在是${have}位。`,
  noLong: (have: number) => `备案号一共21位，现在多了${have - 21}位。`,
  noWrong: "备案号里有数字对不上，请对着回执再核对一遍。",
  lastFour: "这里填身份证的最后4位，只有最后一位可以是X。",
} as const;
