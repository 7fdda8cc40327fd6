import { Button, Group, Modal, Progress, Stack, Text } from "@mantine/core"
import type { FormEvent, ReactNode } from "react"
import { useFocusBack } from "../../ui/use-focus-back.ts"
import { count } from "./counted.ts"
import { KeyOutcomes } from "./key-outcomes.tsx"
import type { EachKey, NamedKey } from "./use-each-key.ts"

interface ManyDialogProps {
  readonly title: string
  readonly action: string
  readonly keys: readonly NamedKey[]
  /** Those that it is done for; the others are said to be left out, and why. */
  readonly leftOut?: ReadonlyMap<string, string>
  readonly each: EachKey
  readonly isReady?: boolean
  readonly isDangerous?: boolean
  /** Another dialog lies over it: Escape is for that one. */
  readonly isCovered?: boolean
  readonly safer?: ReactNode
  readonly children: ReactNode
  readonly onAct: () => void
  /** @param isDone - whether anything was done, so that the keys need not stay selected */
  readonly onClose: (isDone: boolean) => void
}

/** One dialog for many keys: what will happen, then how far it is, then what became of each. */
export function ManyDialog(props: ManyDialogProps) {
  const { title, keys, leftOut = new Map(), each, isCovered = false, children, onAct, onClose } = props
  useFocusBack()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (each.stage === "before") onAct()
    else if (each.stage === "after") onClose(true)
  }
  return (
    <Modal
      opened
      onClose={() => (each.stage === "running" ? each.cancel() : onClose(each.stage === "after"))}
      title={title}
      size="lg"
      closeOnEscape={!isCovered}
      inert={isCovered}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form onSubmit={submit}>
        <Stack>
          {each.stage === "before" ? children : <Progressed each={each} total={keys.length - leftOut.size} />}
          <KeyOutcomes keys={keys} leftOut={leftOut} outcomes={each.outcomes} />
          <ManyButtons {...props} />
        </Stack>
      </form>
    </Modal>
  )
}

function ManyButtons({ action, each, isReady = true, isDangerous = false, safer, onClose }: ManyDialogProps) {
  if (each.stage === "after") {
    return (
      <Group justify="flex-end">
        <Button type="submit" data-autofocus>
          Done
        </Button>
      </Group>
    )
  }
  const isRunning = each.stage === "running"
  return (
    <Group justify="flex-end">
      {safer !== undefined && !isRunning && <div className="grows">{safer}</div>}
      <Button variant="default" onClick={() => (isRunning ? each.cancel() : onClose(false))}>
        Cancel
      </Button>
      <Button type="submit" {...(isDangerous ? { color: "red" } : {})} disabled={isRunning || !isReady}>
        {action}
      </Button>
    </Group>
  )
}

function Progressed({ each, total }: { readonly each: EachKey; readonly total: number }) {
  const done = [...each.outcomes.values()].filter(({ isDone }) => isDone).length
  const tried = each.outcomes.size
  const left = each.secondsLeft === null ? "" : `, about ${each.secondsLeft} s left`
  return (
    <div>
      <Progress value={total === 0 ? 100 : (tried / total) * 100} aria-label="Progress" mb={6} />
      <Text size="sm" role="status">
        {each.stage === "running"
          ? `${tried} of ${total}${left}`
          : `Done for ${done} of ${count(total, "key")}.${tried < total ? ` Cancelled before the other ${total - tried}.` : ""}`}
      </Text>
    </div>
  )
}
