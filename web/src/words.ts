/** Every word the page itself says, and in which language. What the assistant says comes from the server. */
import { answerWords } from "./answers/words";
import { billWords } from "./bill/words";
import { cardWords } from "./cards/words";
import { cityWords } from "./city/words";
import { consentWords } from "./consent/words";
import { costWords } from "./cost/words";
import { dateWords, progressWords } from "./inputs/words";
import { lookupWords } from "./lookup/words";
import { paperWords } from "./papers/words";
import { shownWords } from "./shown/words";
import { speechWords } from "./speech/words";

const chinese = {
  title: "异地就医助手",
  notice: "非官方机构，资料有出处",
  elder: "长辈模式",
  calendar: {
    day: (year: number, month: number, day: number) => `${year}年${month}月${day}日`,
    dayOfYear: (month: number, day: number) => `${month}月${day}日`,
  },
  log: "对话记录",
  avatar: "医",
  me: "我：",
  assistant: "助手：",
  typing: "助手正在输入",
  composer: "输入问题",
  composerLabel: "消息",
  composerDuringAsk: "可先问别的",
  send: "发送",
  quickReplies: "可以选",
  backToBottom: "下面还有",
  newMessages: (count: number) => `${count}条新消息`,
  connection: {
    connecting: "正在连接…",
    offline: "网络断开了，正在重新连接",
    kept: "您写的内容都在，连上后自动发出。",
    now: "马上重连",
    preparing: "助手还在准备，好了会自动发出。",
    expired: "之前的对话过期了，这是新的对话。",
  },
  status: {
    pending: "发送中",
    failed: "没发出去",
    waiting: "等连上再发",
    retry: "重试",
  },
  secret: "••••••",
  signed: "（已签名）",
  restart: {
    button: "重新开始",
    title: "要重新开始吗？",
    body: "对话和没填完的备案会删掉。已提交的备案照样有效，以后凭备案号、身份证后四位和电话来查，请先记下备案号。",
    confirm: "清空并重新开始",
    cancel: "不清空",
    failed: "没能重新开始，请看看网络，再点一次。",
  },
  erased: {
    waiting: "信息已经删掉了。新的对话要连上网才能开，请稍等。",
  },
  answer: answerWords,
  city: cityWords,
  ...cardWords,
  ask: {
    submit: "确定",
    why: "为什么要填",
    show: "显示",
    hide: "遮住",
    fillX: "填 X",
    label: {
      choice: "请选择",
      region: "地方",
      date: "日期",
      text: "请填写",
      id_number: "身份证号码",
      phone: "联系电话",
      consent: "请选择",
      signature: "签名",
      paper: "材料",
      lookup: "查一份备案",
    },
    /** Nearer than the kind of input, where the slot is known. */
    labelOfSlot: {
      name: "姓名",
      address: "通讯地址",
      starts_on: "开始日期",
      treatment_region: "去往的城市",
      hospital: "就诊的医院",
      admitted_on: "入院日期",
      discharged_on: "出院日期",
      agent_name: "代办人姓名",
      agent_id_number: "代办人身份证号码",
    } as Record<string, string>,
    private: "只用于备案，发出后会遮住",
    province: "省、自治区、直辖市",
    city: "市、地区",
    pick: "请选择",
    divisionsLoading: "正在取地名…",
    divisionsFailed: "地名没取到。可以在下面直接打字，比如“烟台”。",
    again: "再取一次",
  },
  signature: {
    hint: "请在框里写下姓名",
    pad: "签名框，用手指或鼠标写",
    undo: "撤销一笔",
    clear: "清空",
    submit: "用这个签名",
    typeInstead: "改为输入姓名",
    drawInstead: "改为手写",
    typedLabel: "输入姓名当作签名",
    empty: "框里还没有字，请先签名。",
    tooBig: "签名太大了，请清空后写简单些。",
  },
  shape: {
    empty: "还没有填。",
    idShort: (have: number) => `身份证号一共18位，现在是${have}位。`,
    idLong: (have: number) => `身份证号一共18位，现在多了${have - 18}位。`,
    idChars: "身份证号只有数字，最后一位可以是X。",
    idCheck: "最后一位跟前面的对不上，请从头再看一遍。",
    phoneShort: (have: number) => `手机号一共11位，现在是${have}位。`,
    phoneLong: (have: number) => `手机号一共11位，现在多了${have - 11}位。`,
    phoneChars: "手机是11位数字，座机要带区号。",
    region: "请把省和市都选好。",
  },
  date: dateWords,
  progress: progressWords,
  shown: shownWords,
  consent: consentWords,
  cost: costWords,
  bill: billWords,
  papers: paperWords,
  lookup: lookupWords,
  speech: speechWords,
  problem: "出了点问题，请再试一次。",
} as const;

/** The same words in any language: each text, list, and way of putting one together. */
type InAnyLanguage<Text> = Text extends string
  ? string
  : Text extends (...parts: infer Parts) => string
    ? (...parts: Parts) => string
    : { readonly [Name in keyof Text]: InAnyLanguage<Text[Name]> };

export type Words = InAnyLanguage<typeof chinese>;

/** A further language is a file with one object of type Words, and a line here. */
const LOCALES = { "zh-CN": chinese } satisfies Record<string, Words>;

/** The page's language; also what the document says it is written in. */
export const locale: keyof typeof LOCALES = "zh-CN";

export const words: Words = LOCALES[locale];
