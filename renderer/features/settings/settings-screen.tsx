import { Title } from "@mantine/core"
import { ask, type RequestFor } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Scrolls } from "../../ui/scrolls.tsx"
import { BehaviourSettings } from "./behaviour-settings.tsx"
import { KdfSettings } from "./kdf-settings.tsx"
import { KeyringSettings } from "./keyring-settings.tsx"
import { KeyslotSettings } from "./keyslot-settings.tsx"
import { PassphraseSettings } from "./passphrase-settings.tsx"

export function SettingsScreen({ path }: { readonly path: string }) {
  const start = useAnswer("window.start", {})
  const limits = useAnswer("policy.lock", {})
  const task = useTask()
  const change = (changes: RequestFor<"window.set">) => task.run(() => ask("window.set", changes))
  return (
    <section className="screen" aria-label="Settings" aria-busy={start.data === undefined}>
      <div className="screen-head">
        <Title order={1} size="h3">
          Settings
        </Title>
      </div>
      <Scrolls label="All settings" className="settings">
        <FailureNotice failure={task.failure} />
        {start.data !== undefined && (
          <BehaviourSettings
            preferences={start.data.preferences}
            limits={limits.data ?? null}
            onChange={(changes) => void change(changes)}
          />
        )}
        <PassphraseSettings />
        <KdfSettings />
        <KeyslotSettings path={path} />
        <KeyringSettings />
      </Scrolls>
    </section>
  )
}
