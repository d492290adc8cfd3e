/** What the page itself says at the fields that are more than one line. */
export const progressWords = {
  label: "备案办到哪一步",
  step: (step: number, steps: number) => `第${step}步，共${steps}步`,
};

export const dateWords = {
  year: "年",
  month: "月",
  day: "日",
  today: "今天",
  tomorrow: "明天",
  yesterday: "昨天",
  shortcuts: "快选",
  chosen: (day: string, weekday: string) => `${day}，${weekday}`,
  weekdays: ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
  incomplete: "请把年、月、日都选好。",
};
