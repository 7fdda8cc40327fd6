import type { Part } from "./index.ts"
import type { Operation } from "./operation.ts"

type Operations = Readonly<Record<string, Operation>>

/** Schemas take long to build, compared with most operations: those of a part are built when it is first asked for. */
const parts: Readonly<Record<Part, () => Promise<Operations>>> = {
  "vault.info": async () => (await import("./vault-info.ts")).vaultInfoOperations,
  vault: async () => (await import("./vault.ts")).vaultOperations,
  keyring: async () => (await import("./keyring.ts")).keyringOperations,
  policy: async () => (await import("./policy.ts")).policyOperations,
  report: async () => (await import("./report.ts")).reportOperations,
  key: async () => (await import("./key.ts")).keyOperations,
  rotation: async () => (await import("./rotation.ts")).rotationOperations,
  event: async () => (await import("./event.ts")).eventOperations,
  incident: async () => (await import("./incident.ts")).incidentOperations,
  seed: async () => (await import("./seed.ts")).seedOperations,
  token: async () => (await import("./token.ts")).tokenOperations,
  file: async () => (await import("./file.ts")).fileOperations,
  audit: async () => (await import("./audit.ts")).auditOperations,
}

const loaded = new Map<Part, Operations>()

/** The schemas of an operation, or `null` when there is none of that name. */
export async function loadOperation(name: string): Promise<Operation | null> {
  const part = partOf(name)
  if (part === null) return null
  const operations = loaded.get(part) ?? (await parts[part]())
  loaded.set(part, operations)
  return Object.hasOwn(operations, name) ? (operations[name] ?? null) : null
}

/** With what an operation of that name is loaded; `null` when none can be called so. */
export function partOf(name: string): Part | null {
  if (name.includes(".") && isPart(name)) return name
  const noun = name.slice(0, Math.max(0, name.indexOf(".")))
  return isPart(noun) ? noun : null
}

function isPart(name: string): name is Part {
  return Object.hasOwn(parts, name)
}
