import { useState } from "react";
import { ElderSwitches } from "../elder/ElderSwitches";
import { useElderMode } from "../elder/useElder";
import { words } from "../words";
import { ConsentCode } from "./ConsentCode";
import { RestartDialog } from "./RestartDialog";

export function Header({ onRestart }: { onRestart: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const elder = useElderMode();
  const restart = () => {
    setAsking(false);
    onRestart();
  };
  return (
    <>
      <header className="header">
        <h1>{words.title}</h1>
        <ElderSwitches />
        <ConsentCode />
        <button type="button" className="restart" data-testid="restart" onClick={() => setAsking(true)}>
          {words.restart.button}
        </button>
        {!elder.isOn && <p>{words.notice}</p>}
      </header>
      {isAsking && <RestartDialog onConfirm={restart} onCancel={() => setAsking(false)} />}
    </>
  );
}
