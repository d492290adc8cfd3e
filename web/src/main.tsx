import "@chatui/core/dist/index.css";
import "./styles/base.css";
import "./styles/chat.css";
import "./styles/warning.css";
import "./styles/cards.css";
import "./styles/answers.css";
import "./styles/city.css";
import "./styles/inputs.css";
import "./styles/tables.css";
import "./styles/cost.css";
import "./styles/bill.css";
import "./styles/filing.css";
import "./styles/header.css";
import "./styles/consent.css";
import "./styles/speech.css";
import "./styles/elder.css";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { readSetting } from "./elder/settings";
import { locale } from "./words";

// Before anything is drawn, so that it isn't drawn small first.
document.documentElement.toggleAttribute("data-elder", readSetting("elder"));
document.documentElement.lang = locale;
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
