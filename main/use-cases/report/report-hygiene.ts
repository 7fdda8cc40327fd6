import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { HygieneFinding } from "../../../preload/contract/report.ts"
import { earlier } from "../../domain/cryptoperiod.ts"
import { hygieneWords } from "../../domain/hygiene.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { HygieneFinder, HygieneKey } from "../../domain/report-source.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { advanceKeyStates } from "../key/advance-key-states.ts"
import { timeOf } from "../key/key-object.ts"

type Input = InputOf<"report.hygiene">
type Result = OutputOf<"report.hygiene">

/** Findings that are about material need it to have been examined. */
const ofMaterial: readonly HygieneFinding[] = ["weak", "same-material", "across-environments", "too-broad"]

/** What is wrong with working keys: how many have each finding, and which they are. @throws `INVALID_INPUT` */
export function reportHygiene(session: Session<OpenVault>) {
  return async (input: Input): Promise<Result> => {
    const vault = session.current()
    const from = positionIn(input)
    advanceKeyStates(vault)
    if (input.find.some((finding) => ofMaterial.includes(finding))) await vault.materials.examine()
    const now = timeOf(vault)
    const { unusedFor, neverRotatedFor } = input
    const moments = { now, unusedSince: earlier(now, unusedFor), madeBefore: earlier(now, neverRotatedFor) }
    const finders = input.find.map((finding) => ({ finding, finder: vault.reports.hygiene(finding, moments) }))
    const counts: Result["counts"] = {}
    for (const { finding, finder } of finders) counts[finding] = await finder.count()
    return { counts, ...(await listed(finders, from, input)) }
  }
}

interface Found {
  readonly finding: HygieneFinding
  readonly finder: HygieneFinder
}

interface Position {
  readonly finding: HygieneFinding
  readonly row: number
}

/** @throws `INVALID_INPUT` when the cursor is none of these findings */
function positionIn({ cursor, find }: Input): Position | null {
  if (cursor === undefined) return null
  const [name, row, ...rest] = cursor.split("/")
  const finding = find.find((each) => each === name)
  if (finding === undefined || row === undefined || !/^\d{1,15}$/.test(row) || rest.length > 0)
    throw new VaultError("INVALID_INPUT", "cursor: is of no page of this report")
  return { finding, row: Number(row) }
}

/** One more than wanted is looked for: it tells whether there is a next page. */
async function listed(
  finders: readonly Found[],
  from: Position | null,
  { limit, unusedFor, neverRotatedFor }: Input,
): Promise<Pick<Result, "keys" | "next">> {
  const begin = from === null ? 0 : finders.findIndex(({ finding }) => finding === from.finding)
  const found: { finding: HygieneFinding; key: HygieneKey }[] = []
  if (limit === 0) return { keys: [] }
  for (const [index, { finding, finder }] of finders.slice(begin).entries()) {
    if (found.length > limit) break
    const after = index === 0 && from !== null ? from.row : 0
    for (const key of await finder.keys(after, limit + 1 - found.length)) found.push({ finding, key })
  }
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    keys: page.map(({ finding, key }) => {
      const { name, keyring, owner, environment, algorithm } = key
      return {
        finding,
        name,
        keyring,
        owner,
        environment,
        algorithm,
        ...hygieneWords(finding, key, { unusedFor, neverRotatedFor }),
      }
    }),
    ...(found.length > limit && last !== undefined ? { next: `${last.finding}/${last.key.row}` } : {}),
  }
}
