import { Text } from "@mantine/core"
import { useAnswer } from "../../api/use-answer.ts"
import { inert } from "../../ui/inert.ts"
import { asDateAndTime } from "../../ui/time.ts"
import { count } from "../key-actions/counted.ts"
import { type KeyringPolicy, profiles } from "./policy-words.ts"

/** Every policy that was ever set, the newest first; who did it, the log tells. */
export function PolicyHistory({ policy: { keyring, history } }: { readonly policy: KeyringPolicy }) {
  const { data } = useAnswer("audit.list", { action: "keyring.policy", outcome: "done", newest: true, limit: 1000 })
  if (history.length === 0) return null
  const actorOf = (version: number, hash: string) =>
    data?.rows.find(
      ({ target, detail }) => target === keyring && detail["version"] === version && detail["hash"] === hash,
    )?.actor
  return (
    <details className="policy-part">
      <summary>{count(history.length, "version")}: what was set, when, and by whom</summary>
      <ul className="plain-list">
        {history.map(({ version, at, hash, stated }) => (
          <li key={version}>
            <Text size="xs" component="span">
              {version}: {profiles[stated.profile].label}
              {stated.description === undefined ? "" : `, ${inert(stated.description)}`}, set {asDateAndTime(at)}
              {actorOf(version, hash) === undefined ? "" : ` by ${inert(actorOf(version, hash) ?? "")}`}
            </Text>
          </li>
        ))}
      </ul>
    </details>
  )
}
