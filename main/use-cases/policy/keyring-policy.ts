import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { timeOf } from "../key/key-object.ts"

/** Shows the policy of a keyring, once it is what is set here. @throws `NOT_FOUND`, `INVALID_INPUT`, `INTEGRITY_FAILED` */
export function keyringPolicy(session: Session<OpenVault>) {
  return ({ name, set }: InputOf<"keyring.policy">): OutputOf<"keyring.policy"> => {
    const vault = session.current()
    if (set !== undefined) setPolicy(vault, name, set)
    const keyring = vault.keyrings.find(name)
    const current = vault.policies.current(keyring)
    const { algorithms, purposes, required, approvals, cryptoperiods, protectFor, ...rest } = vault.policies.of(keyring)
    return {
      keyring: name,
      version: current?.version ?? 0,
      hash: current?.hash ?? null,
      stated: current?.stated ?? { profile: rest.profile },
      effective: {
        ...rest,
        algorithms: algorithms && [...algorithms],
        purposes: purposes && [...purposes],
        cryptoperiods: { ...cryptoperiods },
        protectFor: { ...protectFor },
        required: [...required],
        approvals: [...approvals],
      },
      history: vault.policies.history(keyring),
    }
  }
}

/** What keys already violate stays; `policy check` finds it. */
function setPolicy(vault: OpenVault, name: string, stated: NonNullable<InputOf<"keyring.policy">["set"]>): void {
  const { uses } = stated
  // Not in the schema of the file: one that is set already is still read.
  if (uses !== undefined && uses.warnAt > uses.stopAt)
    throw new VaultError("INVALID_INPUT", "uses.warnAt: nobody would be warned before stopAt")
  vault.journal.record(() => {
    const keyring = vault.keyrings.find(name)
    const { version, hash, at } = vault.policies.add(keyring, stated, timeOf(vault))
    const detail = { keyringId: keyring.id, version, hash, at, profile: stated.profile }
    return { entry: { action: "keyring.policy", target: name, detail }, result: undefined }
  })
}
