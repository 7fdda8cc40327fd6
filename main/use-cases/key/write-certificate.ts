import { Buffer } from "node:buffer"
import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { CertificateFormat, SignedCertificate } from "../../../preload/contract/key-destruction.ts"
import { destructionPage } from "../../domain/destruction-page.ts"
import { markdownOf } from "../../domain/markdown.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { WrittenDocument } from "../../domain/written-document.ts"
import { findKey } from "./find-key.ts"
import { timeOf } from "./key-object.ts"

interface Parts {
  readonly session: Session<OpenVault>
  /** Of all that was destroyed of a key, the oldest first. */
  readonly certificatesOf: (name: string) => Promise<readonly SignedCertificate[]>
  readonly writePdf: (document: WrittenDocument) => Promise<Uint8Array<ArrayBuffer>>
}

/** Writes a certificate of destruction down, for programs or people; that it was made is logged first. @throws `NOT_FOUND` */
export function writeCertificate({ session, certificatesOf, writePdf }: Parts) {
  return async ({ name, version, format }: InputOf<"key.certificate">): Promise<OutputOf<"key.certificate">> => {
    const vault = session.current()
    const key = findKey(vault, name)
    const signed = (await certificatesOf(key.id)).findLast(
      ({ certificate }) => version === undefined || certificate.versions.some((each) => each.version === version),
    )
    if (signed === undefined) throw new VaultError("NOT_FOUND", `a destruction of ${key.name}`)
    const versions = signed.certificate.versions.map((each) => each.version)
    vault.journal.record(() => {
      const detail = { format, versions, destroyedBy: signed.certificate.audit.seq }
      return { entry: { action: "key.certificate", target: key.name, usedKeyId: key.id, detail }, result: undefined }
    })
    return { certificate: await written(vault, signed, format), format, name: key.name, versions }
  }

  function written(vault: OpenVault, signed: SignedCertificate, format: CertificateFormat) {
    if (format === "json") return bytesOf(`${JSON.stringify(signed, null, 2)}\n`)
    const page = destructionPage(signed, timeOf(vault))
    return format === "md" ? bytesOf(markdownOf(page)) : writePdf(page)
  }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text))
}
