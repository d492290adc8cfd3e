import { useState } from "react";
import type { Account } from "./account";
import { words } from "./words";

const said = words.list;

interface Props {
  account: Account;
  onActive: (isActive: boolean) => Promise<void>;
  onPassword: () => Promise<void>;
  onEdit: () => void;
}

/** One account; what cannot be taken back is asked first. */
export function AccountRow({ account, onActive, onPassword, onEdit }: Props) {
  const [asked, setAsked] = useState<{ question: string; run: () => Promise<void> } | null>(null);
  const run = async (step: () => Promise<void>) => {
    setAsked(null);
    await step();
  };
  return (
    <tr data-testid={`account-${account.id}`}>
      <th scope="row">{account.id}</th>
      <td className="account-name">{account.name}</td>
      <td className="account-role">{words.role[account.role]}</td>
      <td className="account-regions">{account.has_all_regions ? said.all : account.regions.map((one) => one.name).join("、")}</td>
      <td><span className={`badge ${account.is_active ? "" : "plain"}`}>{account.is_active ? said.active : said.disabled}</span></td>
      <td className="account-actions">
        {asked ? (
          <div role="group" aria-label={asked.question}>
            <span>{asked.question}</span>
            <button type="button" className="button danger" autoFocus onClick={() => void run(asked.run)}>{said.yes}</button>
            <button type="button" className="button" onClick={() => setAsked(null)}>{said.no}</button>
          </div>
        ) : (
          <>
            <button type="button" className="button" onClick={onEdit}>{said.change}</button>
            <button type="button" className="button"
              onClick={() => setAsked({ question: said.askPassword(account.name), run: onPassword })}>{said.password}</button>
            <button type="button" className="button" onClick={() => account.is_active
              ? setAsked({ question: said.askDisable(account.name), run: () => onActive(false) })
              : void onActive(true)}>{account.is_active ? said.disable : said.enable}</button>
          </>
        )}
      </td>
    </tr>
  );
}
