import { Stack, Title } from "@mantine/core"
import { useState } from "react"
import type { RotationObject } from "../../../preload/contract/rotation.ts"
import type { RotationActName } from "./rotation-act.ts"
import { RotationActDialog } from "./rotation-act-dialog.tsx"
import { RotationSteps } from "./rotation-steps.tsx"

/** How far the rotation of a key is, in the key's panel. */
export function RotationCard({ rotation }: { readonly rotation: RotationObject }) {
  const [act, setAct] = useState<RotationActName | null>(null)
  const close = () => setAct(null)
  return (
    <section className="rotation-card" aria-label="Rotation by steps">
      <Stack gap="xs">
        <Title order={3} size="h6">
          Rotation by steps{rotation.isPaused ? ", paused" : ""}
        </Title>
        <RotationSteps rotation={rotation} onAct={setAct} />
      </Stack>
      {act !== null && <RotationActDialog rotation={rotation} act={act} onClose={close} onOver={close} />}
    </section>
  )
}
