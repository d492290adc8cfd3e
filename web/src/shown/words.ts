/** What the page itself says around what was typed, shown in clear for a while. */
export const shownWords = {
  show: "显示我填的",
  hide: "遮住",
  asking: "正在取…",
  until: (seconds: number) => `${seconds}秒后自动遮住，别让旁人看见。`,
  masked: "已遮住。",
  failed: "没取到，请看看网络，再点一次。填好的内容还在。",
  inLetter: "承诺书里的姓名和号码遮住了一部分，点一下可以看全，填错了能改。",
};
