import { verify } from "node:crypto"
import { writeFileSync } from "node:fs"
import type { Mechanism } from "../../preload/contract/values.ts"
import { run } from "../interop/program.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"

/** Whether OpenSSL takes the signature. @param publicKey - in PEM */
export function opensslVerifies(
  publicKey: string,
  mechanism: Mechanism,
  message: string,
  signature: Uint8Array,
): boolean {
  if (mechanism.endsWith("-p1363")) {
    const digest = mechanism.split("-")[1]
    return verify(digest, Buffer.from(message), { key: publicKey, dsaEncoding: "ieee-p1363" }, signature)
  }
  using folder = temporaryFolder()
  const file = (name: string, content: string | Uint8Array): string => {
    writeFileSync(folder.file(name), content)
    return folder.file(name)
  }
  const [key, signed, said] = [file("key.pem", publicKey), file("message", message), file("signature", signature)]
  if (mechanism === "ed25519") {
    const args = ["pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", signed, "-sigfile", said]
    return run("openssl", args).toString().includes("Verified Successfully")
  }
  const digest = /sha\d+/.exec(mechanism)?.[0]
  const pss = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"]
  const options = mechanism.startsWith("rsa-pss") ? pss : []
  const args = ["dgst", `-${digest}`, "-verify", key, ...options, "-signature", said, signed]
  return run("openssl", args).toString().includes("Verified OK")
}
