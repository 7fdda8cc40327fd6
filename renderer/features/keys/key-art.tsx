import { Text } from "@mantine/core"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { algorithmWords } from "../../api/key-words.ts"
import { fromBase64 } from "../../ui/encoded.ts"
import { randomart } from "./randomart.ts"

/** The fingerprint as a picture that people tell apart at a glance: of an SSH key, the one that ssh-keygen draws. */
export function KeyArt({ value }: { readonly value: KeyObject }) {
  const print = value.fingerprints?.openssh ?? value.fingerprint
  const bytes = print === null ? null : fromBase64(print.replace(/^SHA256:/, ""))
  if (bytes === null) return null
  return (
    <div>
      <Text size="xs" c="dimmed" mb={4}>
        Randomart
      </Text>
      <pre className="key-art" role="img" aria-label="Randomart of the fingerprint">
        {randomart(bytes, titleOf(value), "SHA256")}
      </pre>
    </div>
  )
}

/** As ssh-keygen calls the kinds that SSH has. */
function titleOf({ algorithm, fingerprints }: KeyObject): string {
  if (fingerprints?.openssh === undefined) return algorithmWords[algorithm]
  if (algorithm === "ed25519") return "ED25519 256"
  const [kind, size = ""] = algorithm.split("-")
  return kind === "rsa" ? `RSA ${size}` : `ECDSA ${size.replace("p", "")}`
}
