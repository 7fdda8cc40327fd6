import { Button, Text, Textarea } from "@mantine/core"
import { useRef, useState } from "react"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { useRevealed } from "../../api/use-revealed.ts"
import { useTask } from "../../api/use-task.ts"
import { asText } from "../../ui/encoded.ts"
import { SecretArea } from "../../ui/secret-area.tsx"
import { takeSecret } from "../../ui/secret-field.tsx"
import { ExcuseField } from "./excuse-field.tsx"
import { SecretResult } from "./secret-result.tsx"
import { UseCard } from "./use-card.tsx"
import { UseResult } from "./use-result.tsx"

interface CardProps {
  readonly name: string
  /** Keys of X25519 are for files only. */
  readonly takesText: boolean
}

/** A text becomes a token that can be pasted anywhere; a file becomes one in the age format. */
export function EncryptCard({ name, takesText }: CardProps) {
  const task = useTask()
  const field = useRef<HTMLTextAreaElement>(null)
  const [made, setMade] = useState<AnswerTo<"key.encrypt"> | null>(null)
  const [path, setPath] = useState<string | null>(null)
  const encrypt = () =>
    task.run(async () => {
      setMade(null)
      const plaintext = takeSecret(field)
      try {
        setMade(await ask("key.encrypt", { name, plaintext }))
      } finally {
        plaintext.fill(0)
      }
    })
  const encryptFile = () =>
    task.run(async () => {
      setPath(null)
      setPath((await ask("window.encrypt-file", { name })).path)
    })
  return (
    <UseCard
      title="Encrypt"
      action={takesText ? "Encrypt" : "Encrypt a file…"}
      task={task}
      long="file.encrypt"
      onAct={() => void (takesText ? encrypt() : encryptFile())}
      more={
        takesText && (
          <Button size="xs" variant="default" disabled={task.isRunning} onClick={() => void encryptFile()}>
            Encrypt a file…
          </Button>
        )
      }
      result={
        <>
          {path !== null && <Written path={path} />}
          {made !== null && (
            <UseResult
              label={`Encrypted by version ${made.keyVersion}, ${made.mechanism}`}
              text={made.ciphertext}
              content={() => new TextEncoder().encode(`${made.ciphertext}\n`)}
              fileName={`${name}.token`}
            />
          )}
        </>
      }
    >
      {takesText && (
        <SecretArea
          label="Text to encrypt"
          description="Taken out of the window when it is encrypted"
          input={field}
          rows={3}
        />
      )}
    </UseCard>
  )
}

/** What is opened is shown while a button is held, or saved to a file; a file goes from place to place past this page. */
export function DecryptCard({ name, takesText, wantsReason }: CardProps & { readonly wantsReason: boolean }) {
  const task = useTask()
  const [reason, setReason] = useState("")
  const excuse = reason.trim() === "" ? {} : { reason: reason.trim() }
  const field = useRef<HTMLTextAreaElement>(null)
  const revealed = useRevealed()
  const [version, setVersion] = useState<number | null>(null)
  const [path, setPath] = useState<string | null>(null)
  const decrypt = () =>
    task.run(async () => {
      revealed.drop()
      setVersion(null)
      const ciphertext = new TextEncoder().encode(field.current?.value ?? "")
      const { plaintext, keyVersion } = await ask("key.decrypt", { name, ciphertext, ...excuse })
      revealed.take(plaintext)
      setVersion(keyVersion)
    })
  const decryptFile = () =>
    task.run(async () => {
      setPath(null)
      setPath((await ask("window.decrypt-file", { name, ...excuse })).path)
    })
  return (
    <UseCard
      title="Decrypt"
      action={takesText ? "Decrypt" : "Decrypt a file…"}
      task={task}
      long="file.decrypt"
      onAct={() => void (takesText ? decrypt() : decryptFile())}
      more={
        takesText && (
          <Button size="xs" variant="default" disabled={task.isRunning} onClick={() => void decryptFile()}>
            Decrypt a file…
          </Button>
        )
      }
      result={
        <>
          {path !== null && <Written path={path} />}
          {version !== null && (
            <SecretResult
              says={`Opened by version ${version}.`}
              label="What was encrypted"
              revealed={revealed}
              shown={asText}
              fileName={`${name}.decrypted`}
            />
          )}
        </>
      }
    >
      {takesText && (
        <Textarea
          ref={field}
          label="Token to decrypt"
          placeholder="claviger:1:…"
          rows={3}
          spellCheck={false}
          autoComplete="off"
        />
      )}
      {wantsReason && <ExcuseField value={reason} onChange={setReason} />}
    </UseCard>
  )
}

function Written({ path }: { readonly path: string }) {
  return (
    <Text size="sm" role="status" className="breaks">
      ✓ Written to {path}
    </Text>
  )
}
