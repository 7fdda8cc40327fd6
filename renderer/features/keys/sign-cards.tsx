import { Text } from "@mantine/core"
import { useState } from "react"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { base64, fromBase64 } from "../../ui/encoded.ts"
import { ExcuseField } from "./excuse-field.tsx"
import { MessageInput, useMessage } from "./message-input.tsx"
import { UseCard } from "./use-card.tsx"
import { UseResult } from "./use-result.tsx"

interface Made {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly version: number
  readonly mechanism: string
}

/** A signature, or of a MAC key a tag, over a text or a file. */
export function SignCard({ name, isMac }: { readonly name: string; readonly isMac: boolean }) {
  const task = useTask()
  const message = useMessage()
  const [made, setMade] = useState<Made | null>(null)
  const sign = () =>
    task.run(async () => {
      setMade(null)
      setMade(await signed(name, await message.read(), isMac))
    })
  const what = isMac ? "Tag" : "Signature"
  return (
    <UseCard
      title={isMac ? "Authenticate" : "Sign"}
      action={isMac ? "Compute the tag" : "Sign"}
      task={task}
      onAct={() => void sign()}
      result={
        made !== null && (
          <UseResult
            label={`${what} by version ${made.version}, ${made.mechanism}, base64`}
            text={base64(made.bytes)}
            content={() => made.bytes.slice()}
            fileName={`${message.file?.name ?? name}${isMac ? ".mac" : ".sig"}`}
          />
        )
      }
    >
      <MessageInput message={message} label={isMac ? "Text to authenticate" : "Text to sign"} choose="Use a file…" />
    </UseCard>
  )
}

async function signed(name: string, message: Uint8Array<ArrayBuffer>, isMac: boolean): Promise<Made> {
  if (isMac) {
    const { mac, keyVersion, mechanism } = await ask("key.mac", { name, message })
    return { bytes: mac, version: keyVersion, mechanism }
  }
  const { signature, keyVersion, mechanism } = await ask("key.sign", { name, message })
  return { bytes: signature, version: keyVersion, mechanism }
}

interface VerifyCardProps {
  readonly name: string
  readonly isMac: boolean
  readonly wantsReason: boolean
}

/** Whether a signature, or a tag, was made with this key over that text or file. */
export function VerifyCard({ name, isMac, wantsReason }: VerifyCardProps) {
  const task = useTask()
  const [reason, setReason] = useState("")
  const excuse = reason.trim() === "" ? {} : { reason: reason.trim() }
  const message = useMessage()
  const signature = useMessage()
  const [found, setFound] = useState<AnswerTo<"key.verify"> | null>(null)
  const what = isMac ? "tag" : "signature"
  const verify = () =>
    task.run(async () => {
      setFound(null)
      const read = await signature.read()
      // A file holds it as bytes, or as base64 like what is typed.
      const bytes = fromBase64(new TextDecoder().decode(read)) ?? (signature.file === null ? null : read)
      if (bytes === null || bytes.length === 0) throw new Error(`The ${what} is not base64.`)
      setFound(await ask("key.verify", { name, message: await message.read(), signature: bytes, ...excuse }))
    })
  return (
    <UseCard
      title="Verify"
      action="Verify"
      task={task}
      onAct={() => void verify()}
      result={
        found !== null && (
          <Text size="sm" fw={600} role="status" className={found.valid ? "" : "is-danger"}>
            {found.valid
              ? `✓ The ${what} is right: version ${found.keyVersion} made it.`
              : `✕ The ${what} does not fit: another key made it, or the text or file was changed.`}
          </Text>
        )
      }
    >
      <MessageInput
        message={message}
        label={isMac ? "Text that was authenticated" : "Text that was signed"}
        choose="Use the file that it is of…"
      />
      <MessageInput
        message={signature}
        label={isMac ? "Tag, base64" : "Signature, base64"}
        choose={`Use a ${what} file…`}
      />
      {wantsReason && <ExcuseField value={reason} onChange={setReason} />}
    </UseCard>
  )
}
