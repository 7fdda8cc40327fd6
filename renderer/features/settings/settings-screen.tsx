import { Title } from "@mantine/core"
import { useQueryClient } from "@tanstack/react-query"
import { ask, type RequestFor } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { Scrolls } from "../../ui/scrolls.tsx"
import { BehaviourSettings } from "./behaviour-settings.tsx"
import { KdfSettings } from "./kdf-settings.tsx"
import { KeyringSettings } from "./keyring-settings.tsx"
import { KeyslotSettings } from "./keyslot-settings.tsx"
import { PassphraseSettings } from "./passphrase-settings.tsx"

export function SettingsScreen({ path }: { readonly path: string }) {
  const start = useAnswer("window.start", {})
  const queries = useQueryClient()
  const change = async (changes: RequestFor<"window.set">) => {
    await ask("window.set", changes)
    await queries.invalidateQueries({ queryKey: ["window.start"] })
  }
  return (
    <section className="screen" aria-label="Settings" aria-busy={start.data === undefined}>
      <div className="screen-head">
        <Title order={1} size="h3">
          Settings
        </Title>
      </div>
      <Scrolls label="All settings" className="settings">
        {start.data !== undefined && (
          <BehaviourSettings preferences={start.data.preferences} onChange={(changes) => void change(changes)} />
        )}
        <PassphraseSettings />
        <KdfSettings />
        <KeyslotSettings path={path} />
        <KeyringSettings />
      </Scrolls>
    </section>
  )
}
