import { randomUUID } from "node:crypto"
import { join } from "node:path"
import type { StartHost } from "../../main/domain/module-host.ts"
import { replaceFile } from "../../main/files/replace-file.ts"
import { forkHost } from "../../main/token/host-process.ts"
import { type Patience, usualPatience } from "../../main/token/module-process.ts"
import { ModuleRegistry } from "../../main/token/module-registry.ts"
import { TokenClient } from "../../main/token/token-client.ts"

interface Library {
  readonly library: string
  readonly parameters: string | null
}

interface Choices {
  readonly startHost?: StartHost
  readonly patience?: Patience | undefined
}

/** A client that knows these libraries and no others. @param folder - where it keeps which they are */
export function clientOf(
  folder: string,
  libraries: readonly Library[],
  { startHost = forkHost, patience = usualPatience }: Choices = {},
): TokenClient {
  const file = join(folder, `modules-${randomUUID()}.json`)
  // Of another system there is none here.
  const registry = new ModuleRegistry({ file, replaceFile, platform: "win32", p11Kit: [] })
  for (const { library, parameters } of libraries) registry.add(library, parameters)
  return new TokenClient(registry, startHost, patience)
}
