import { existsSync, readFileSync, rmSync } from "node:fs"
import { toFailure } from "../../main/operations/to-failure.ts"
import { beginRekey, discard, secondPassphrase, VaultInFolder } from "./vault-in-folder.ts"
import { lowMemoryKdf, passphrase, Refusal } from "./vaults.ts"

/** Something that is reported as done, or as failed. */
export interface Step {
  readonly name: string
  /** @throws Refusal */
  readonly run: (vault: VaultInFolder) => Promise<unknown>
  /** Whether it has happened, of a vault that is open. */
  readonly hasHappened: (vault: VaultInFolder) => boolean | Promise<boolean>
}

/** What a program does to a vault while things go wrong around it. */
export interface Scenario {
  readonly name: string
  /** What the vault needs beforehand, beyond what every vault here has; it is open, and is locked afterwards. */
  readonly layOut?: (vault: VaultInFolder) => unknown
  /** What the program does before anything goes wrong: it unlocks, unless told otherwise. */
  readonly prepare?: (vault: VaultInFolder) => Promise<unknown>
  readonly steps: readonly Step[]
}

const hasKey = async (vault: VaultInFolder, name: string): Promise<boolean> =>
  (await vault.ask("key.list", { query: name })).keys.some((key) => key.name === name)

const hasRow = async (vault: VaultInFolder, action: string, phase?: string): Promise<boolean> =>
  (await vault.ask("audit.list", { action, limit: 1000 })).rows.some(
    ({ outcome, detail }) => outcome === "done" && (phase === undefined || detail["phase"] === phase),
  )

function generation(name: string, algorithm: "aes-256" | "ed25519" = "aes-256"): Step {
  const purpose = algorithm === "aes-256" ? "encryption" : "signature"
  return {
    name: `generate ${name}`,
    run: (vault) => vault.ask("key.generate", { name, algorithm, purpose, tags: ["new"] }),
    hasHappened: (vault) => hasKey(vault, name),
  }
}

const backupFile = (vault: VaultInFolder): string => vault.inFolder("backup.clvbackup")
const restoredPath = (vault: VaultInFolder): string => vault.inFolder("restored.claviger")
const backUp = (vault: VaultInFolder): Promise<unknown> =>
  vault.ask("vault.backup", { out: backupFile(vault), force: true })

/** Opens another vault of the same folder, proves it and closes it. */
async function proveVault(folder: string, path: string): Promise<void> {
  using other = new VaultInFolder(folder)
  await other.ask("vault.unlock", { path, passphrase: passphrase() })
  const { ok } = await other.ask("vault.verify", {})
  if (!ok) throw new Error(`${path} is there, but does not verify`)
}

/** Restores the backup beside it, proves that and takes it away again. */
async function proveBackup(vault: VaultInFolder): Promise<void> {
  const to = vault.inFolder("proof.claviger")
  using other = new VaultInFolder(vault.folder)
  await other.ask("vault.restore", { file: backupFile(vault), to, passphrase: passphrase() })
  await proveVault(vault.folder, to)
  rmSync(to, { recursive: true })
}

const grouped = ["one", "two", "three"]

/** A change of what opens the vault: the new passphrase does, from then on. */
const newPassphraseOpens = (vault: VaultInFolder): boolean => vault.openedWith === secondPassphrase

export const scenarios: readonly Scenario[] = [
  {
    name: "vault create",
    layOut: discard,
    prepare: () => Promise.resolve(),
    steps: [
      {
        name: "create",
        run: (vault) =>
          vault.ask("vault.create", { path: vault.path, passphrase: passphrase(), kdf: lowMemoryKdf, label: "mine" }),
        hasHappened: () => true,
      },
    ],
  },
  {
    name: "vault unlock",
    prepare: () => Promise.resolve(),
    steps: [{ name: "unlock", run: (vault) => vault.unlock(), hasHappened: () => true }],
  },
  { name: "key generate", steps: [generation("alpha"), generation("beta", "ed25519")] },
  {
    name: "key rotate",
    steps: [
      {
        name: "rotate",
        run: (vault) => vault.ask("key.rotate", { name: "app", reason: "fault test" }),
        hasHappened: async (vault) => (await vault.ask("key.show", { name: "app" })).currentVersion > 2,
      },
    ],
  },
  {
    name: "key import",
    steps: [
      {
        name: "import",
        run: (vault) =>
          vault.ask("key.import", {
            name: "token",
            file: new Uint8Array(readFileSync(vault.inFolder("import"))),
            format: "raw",
            algorithm: "secret",
          }),
        hasHappened: (vault) => hasKey(vault, "token"),
      },
    ],
  },
  {
    name: "key destroy",
    steps: [
      {
        name: "destroy",
        run: (vault) => vault.ask("key.destroy", { name: "doomed", reason: "fault test", confirmed: true }),
        hasHappened: async (vault) => (await vault.ask("key.show", { name: "doomed" })).state === "destroyed",
      },
    ],
  },
  {
    name: "key compromise",
    steps: [
      {
        name: "compromise",
        run: (vault) => vault.ask("key.compromise", { name: "doomed", reason: "fault test" }),
        hasHappened: async (vault) => {
          const { state } = await vault.ask("key.show", { name: "doomed" })
          const { incidents } = await vault.ask("incident.list", {})
          if ((state === "compromised") !== (incidents.length === 1)) throw new Error("half of a compromise is there")
          return state === "compromised"
        },
      },
    ],
  },
  {
    name: "grouped changes",
    steps: [
      {
        name: "group",
        run: async (vault) => {
          const { group } = vault.claviger
          group.begin()
          for (const name of grouped) await vault.generate(name)
          try {
            group.commit()
          } catch (error) {
            throw new Refusal(
              "group",
              toFailure(error, () => undefined),
            )
          }
        },
        hasHappened: async (vault) => {
          const there = await Promise.all(grouped.map((name) => hasKey(vault, name)))
          if (new Set(there).size > 1) throw new Error("half of a group is there")
          return there.every(Boolean)
        },
      },
    ],
  },
  {
    name: "vault passwd",
    steps: [
      {
        name: "passwd",
        run: (vault) => vault.ask("vault.passwd", { newPassphrase: passphrase(secondPassphrase) }),
        hasHappened: newPassphraseOpens,
      },
    ],
  },
  {
    name: "vault slot add",
    steps: [
      {
        name: "slot",
        run: (vault) => vault.ask("vault.slot.add", { recovery: { threshold: 2, count: 3 } }),
        hasHappened: async (vault) => (await vault.ask("vault.slot.list", {})).keyslots.length === 2,
      },
    ],
  },
  {
    name: "vault rekey",
    steps: [
      {
        name: "rekey",
        run: (vault) => vault.ask("vault.rekey", { passphrase: passphrase(), alsoPassphrases: [], confirmed: true }),
        hasHappened: (vault) => hasRow(vault, "vault.rekey"),
      },
    ],
  },
  {
    name: "end of a rekey that was killed",
    layOut: beginRekey,
    prepare: () => Promise.resolve(),
    steps: [{ name: "unlock", run: (vault) => vault.unlock(), hasHappened: (vault) => hasRow(vault, "vault.rekey") }],
  },
  {
    name: "keyring rotate",
    steps: [
      {
        name: "keyring",
        run: (vault) => vault.ask("keyring.rotate", { name: "personal" }),
        hasHappened: (vault) => hasRow(vault, "keyring.rotate", "done"),
      },
    ],
  },
  {
    name: "key set keyring",
    layOut: (vault) => vault.ask("keyring.create", { name: "production" }),
    steps: [
      {
        name: "move",
        run: (vault) => vault.ask("key.set", { name: "app", keyring: "production" }),
        hasHappened: async (vault) => (await vault.ask("key.show", { name: "app" })).keyring === "production",
      },
    ],
  },
  {
    name: "vault backup",
    steps: [
      {
        name: "backup",
        run: backUp,
        hasHappened: async (vault) => {
          if (existsSync(backupFile(vault))) await proveBackup(vault)
          return (await vault.ask("vault.backups", {})).backups.some(({ present }) => present)
        },
      },
    ],
  },
  {
    name: "vault restore",
    layOut: backUp,
    prepare: () => Promise.resolve(),
    steps: [
      {
        name: "restore",
        run: (vault) =>
          vault.ask("vault.restore", { file: backupFile(vault), to: restoredPath(vault), passphrase: passphrase() }),
        hasHappened: async (vault) => {
          if (!existsSync(restoredPath(vault))) return false
          await proveVault(vault.folder, restoredPath(vault))
          return true
        },
      },
    ],
  },
  {
    name: "vault drill",
    layOut: backUp,
    steps: [
      {
        name: "drill",
        run: (vault) => vault.ask("vault.drill", { file: backupFile(vault), passphrase: passphrase() }),
        hasHappened: (vault) => hasRow(vault, "vault.drill"),
      },
    ],
  },
  {
    name: "vault compact",
    steps: [
      {
        name: "compact",
        run: (vault) => vault.ask("vault.compact", {}),
        hasHappened: (vault) => hasRow(vault, "vault.compact"),
      },
    ],
  },
  {
    name: "audit export",
    steps: [
      {
        name: "export",
        run: (vault) => vault.ask("audit.export", { out: vault.inFolder("log.jsonl"), force: true }),
        hasHappened: async (vault) => {
          const file = vault.inFolder("log.jsonl")
          if (!existsSync(file)) return false
          const { ok, reason } = await vault.ask("audit.verify-export", { file })
          if (!ok) throw new Error(`half an export is there: ${reason}`)
          return true
        },
      },
    ],
  },
]
