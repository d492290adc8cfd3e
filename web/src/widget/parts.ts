/** The button and the panel, in a shadow root: the site's styles don't reach them, nor theirs the site. */
import { inkOn } from "../embed/theme";
import { widgetWords as words } from "./words";

interface Wanted {
  name: string;
  address: string;
  elsewhere: string;
  colour: string;
  isLeft: boolean;
}

export interface Parts {
  host: HTMLElement;
  button: HTMLButtonElement;
  closer: HTMLButtonElement;
  frame: HTMLIFrameElement;
  address: string;
  show: (isOpen: boolean) => void;
  showSlow: (isSlow: boolean) => void;
}

type Style = Partial<Record<keyof CSSStyleDeclaration, string>>;

const PHONE = "(max-width: 600px), (max-height: 480px)";
const BRAND = "#087a40";
const TOP = "2147483000";
const FONT = "system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif";

function make<Name extends keyof HTMLElementTagNameMap>(name: Name, style: Style, text = ""): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  Object.assign(element.style, { boxSizing: "border-box", font: `16px/1.4 ${FONT}`, ...style });
  if (text) element.textContent = text;
  return element;
}

export function makeParts({ name, address, elsewhere, colour, isLeft }: Wanted): Parts {
  const back = inkOn(colour) ? colour : BRAND;
  const painted: Style = { background: back, color: inkOn(back) ?? "#fff", border: "0", cursor: "pointer" };
  const side: Style = isLeft ? { left: "16px" } : { right: "16px" };
  const host = make("div", {});
  host.id = name;
  const button = make("button", {
    ...painted, ...side, position: "fixed", bottom: "16px", zIndex: TOP, minHeight: "56px", padding: "0 22px",
    borderRadius: "28px", fontSize: "18px", boxShadow: "0 2px 12px rgb(0 0 0 / 30%)",
  }, words.open);
  button.type = "button";
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-expanded", "false");

  const panel = make("div", { position: "fixed", zIndex: TOP, flexDirection: "column", background: "#fff", display: "none" });
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", words.title);
  const bar = make("div", { ...painted, cursor: "auto", display: "flex", alignItems: "center", paddingLeft: "14px" });
  const closer = make("button", { ...painted, minWidth: "64px", minHeight: "44px", textDecoration: "underline" }, words.close);
  closer.type = "button";
  bar.append(make("span", { flex: "1", fontWeight: "600" }, words.title), closer);
  const slow = make("p", { display: "none", margin: "0", padding: "12px 14px" }, words.slow);
  const link = make("a", { color: "#0b5cad" }, words.elsewhere);
  Object.assign(link, { href: elsewhere, target: "_blank", rel: "noopener" });
  slow.append(link);
  const frame = make("iframe", { flex: "1", width: "100%", minHeight: "0", border: "0" });
  frame.title = words.title;
  frame.allow = "microphone; clipboard-write";
  panel.append(bar, slow, frame);
  host.attachShadow({ mode: "open" }).append(button, panel);

  const fit = () => Object.assign(panel.style, matchMedia(PHONE).matches ? WHOLE : { ...BESIDE, ...side });
  matchMedia(PHONE).addListener(fit); // not addEventListener: Safari 13
  fit();
  return {
    host, button, closer, frame, address,
    show(isOpen) {
      panel.style.display = isOpen ? "flex" : "none";
      button.setAttribute("aria-expanded", String(isOpen));
    },
    showSlow(isSlow) {
      slow.style.display = isSlow ? "block" : "none";
    },
  };
}

const WHOLE: Style = {
  top: "0", right: "0", bottom: "0", left: "0", width: "100%", height: "100%", borderRadius: "0", overflow: "hidden",
};
const BESIDE: Style = {
  top: "auto", right: "auto", bottom: "84px", left: "auto", width: "400px", height: "min(660px, calc(100vh - 100px))",
  borderRadius: "10px", overflow: "hidden", boxShadow: "0 4px 24px rgb(0 0 0 / 30%)",
};
