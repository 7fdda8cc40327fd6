import { command } from "../command.ts"
import { argument, path, required, text } from "../field.ts"
import { showTable } from "../show-result.ts"

const module = argument(required(path("PATH", "the library, by its absolute path")))

const columns = ["name", "state", "version", "mechanisms", "path", "reason"]

/** What people look for in a token, and the mechanisms of PKCS#11 that show it. */
const families = [
  ["RSA", /^CKM_RSA_/],
  ["EC", /^CKM_EC(DSA|DH|_KEY)/],
  ["EdDSA", /^CKM_(EDDSA|EC_EDWARDS)/],
  ["AES", /^CKM_AES_/],
  ["HMAC", /_HMAC$/],
] as const

/** How many mechanisms there are, and of which kinds: "75: RSA, EC, AES"; none: nothing. */
function shortly(mechanisms: readonly string[]): string | null {
  if (mechanisms.length === 0) return null
  const kinds = families.flatMap(([family, shows]) => (mechanisms.some((name) => shows.test(name)) ? [family] : []))
  return kinds.length === 0 ? `${mechanisms.length}` : `${mechanisms.length}: ${kinds.join(", ")}`
}

const modules = command({
  path: ["token", "modules"],
  summary: "the PKCS#11 libraries of this machine: versions, mechanisms, and why one can't be used",
  example: "token modules",
  vault: "named",
  inBatch: "alone",
  fields: {},
  columns,
  run: ({ ask }) => ask("token.modules", {}),
  show: ({ modules: all }) =>
    showTable(
      all.map((each) => ({ ...each, version: each.library?.version, mechanisms: shortly(each.mechanisms ?? []) })),
      columns,
    ),
})

const addModule = command({
  path: ["token", "modules", "add"],
  summary: "use another library; it and its folders must belong to root or to you",
  example: "token modules add /opt/vendor/lib/libpkcs11.so",
  vault: "named",
  inBatch: "alone",
  fields: {
    path: module,
    parameters: text(
      "TEXT",
      "what the library is told when it starts, where its maker asks for that; no place for a PIN",
    ),
  },
  run: ({ ask }, args) => ask("token.modules.add", args),
})

const removeModule = command({
  path: ["token", "modules", "remove"],
  summary: "use a library that was added no longer",
  example: "token modules remove /opt/vendor/lib/libpkcs11.so",
  vault: "named",
  inBatch: "alone",
  fields: { path: module },
  run: ({ ask }, args) => ask("token.modules.remove", args),
})

export const tokenModuleCommands = [modules, addModule, removeModule]
