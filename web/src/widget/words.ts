/** What the button on another site says. */
export const widgetWords = {
  title: "异地就医助手",
  open: "问异地就医",
  close: "关闭",
  slow: "对话还没打开。",
  elsewhere: "在新窗口里打开",
} as const;
