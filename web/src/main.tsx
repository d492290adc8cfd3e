import "@chatui/core/dist/index.css";
import "./styles/base.css";
import "./styles/chat.css";
import "./styles/cards.css";
import "./styles/inputs.css";
import "./styles/tables.css";
import "./styles/cost.css";
import "./styles/bill.css";
import "./styles/filing.css";
import { createRoot } from "react-dom/client";
import { App } from "./App";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
