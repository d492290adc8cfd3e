import { Navbar } from "@chatui/core";
import { useState } from "react";
import { words } from "../words";
import { RestartDialog } from "./RestartDialog";

export function Header({ onRestart }: { onRestart: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const restart = () => {
    setAsking(false);
    onRestart();
  };
  const button = (
    <button type="button" className="restart" data-testid="restart" onClick={() => setAsking(true)}>
      {words.restart.button}
    </button>
  );
  return (
    <>
      <Navbar align="left" title={words.title} desc={words.notice} rightSlot={button} />
      {isAsking && <RestartDialog onConfirm={restart} onCancel={() => setAsking(false)} />}
    </>
  );
}
