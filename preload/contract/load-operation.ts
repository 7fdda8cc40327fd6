import type { OperationName } from "./index.ts"
import type { Operation } from "./operation.ts"

type Noun = OperationName extends `${infer First}.${string}` ? First : never
type Operations = Readonly<Record<string, Operation>>

/** Schemas take long to build, compared with most operations: those of a noun are built when it is first asked for. */
const nouns: Readonly<Record<Noun, () => Promise<Operations>>> = {
  vault: async () => (await import("./vault.ts")).vaultOperations,
  keyring: async () => (await import("./keyring.ts")).keyringOperations,
  key: async () => (await import("./key.ts")).keyOperations,
  seed: async () => (await import("./seed.ts")).seedOperations,
  file: async () => (await import("./file.ts")).fileOperations,
  audit: async () => (await import("./audit.ts")).auditOperations,
}

const loaded = new Map<Noun, Operations>()

/** The schemas of an operation, or `null` when there is none of that name. */
export async function loadOperation(name: string): Promise<Operation | null> {
  const noun = name.slice(0, Math.max(0, name.indexOf(".")))
  if (!isNoun(noun)) return null
  const operations = loaded.get(noun) ?? (await nouns[noun]())
  loaded.set(noun, operations)
  return Object.hasOwn(operations, name) ? (operations[name] ?? null) : null
}

function isNoun(noun: string): noun is Noun {
  return Object.hasOwn(nouns, noun)
}
