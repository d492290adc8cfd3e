/** Letting an agent read along. */
export const consentWords = {
  button: "给客服看",
  title: "给客服看这段对话",
  what: "打客服电话时，可以让对方看到这段对话，不用再说一遍。",
  masked: "证件号、电话、住址、医院名会遮住；姓名尽量遮，没说「我叫……」的可能遮不住。对方只能看，不能替您说话。您随时可以停。",
  give: "要一个码",
  cancel: "先不要",
  code: "码",
  readOut: (until: string) => `把这个码念给客服。${until}以前有效，只能用一次。`,
  isOut: (until: string) => `已经给过一个码，${until}以前有效。要新的，旧的就作废。`,
  another: "换一个码",
  takeBack: "作废这个码",
  close: "关上",
  watched: "客服正在看这段对话",
  stop: "不让看了",
  failed: "没要到，请过一会儿再试。",
  notStopped: "没能停下来，请看看网络，再点一次。",
} as const;
