import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { parseTokenUri, type TokenUri } from "../../main/domain/token-uri.ts"
import type { TokenClient } from "../../main/token/token-client.ts"
import { pin, SoftHsm, userPin } from "../token/soft-hsm.ts"
import type { Figure } from "./figure.ts"
import type { Lab } from "./lab.ts"

const kinds = [
  { algorithm: "ec-p256", mechanism: "ecdsa-sha256", word: "p256", share: 1, goal: 3.3 },
  { algorithm: "rsa-2048", mechanism: "rsa-pkcs1-sha256", word: "rsa", share: 1 / 10, goal: 1.25 },
] as const
type Kind = (typeof kinds)[number]

const inFlight = 8
const goalInFlight = 1.25

/** P11: signatures through the process of the library, beside the same calls from a bare C program. */
export async function tokenFigures(lab: Lab): Promise<Figure[]> {
  using softHsm = new SoftHsm()
  softHsm.token("bench")
  const client = softHsm.client()
  const bare = compiled(lab.path("bare-signing"))
  try {
    const figures: Figure[] = []
    for (const kind of kinds) figures.push(...(await figuresFor(client, bare, kind, lab.sizes)))
    return figures
  } finally {
    client.close()
  }
}

async function figuresFor(
  client: TokenClient,
  bare: string,
  { algorithm, mechanism, word, share, goal }: Kind,
  { signatures, rounds }: Lab["sizes"],
): Promise<Figure[]> {
  using user = pin()
  const token = parseTokenUri("pkcs11:token=bench")
  const { uri } = await client.generate(token, user, { algorithm, purpose: "signature", label: word })
  const count = Math.ceil((signatures * share) / inFlight) * inFlight
  const sign = signer(client, parseTokenUri(uri), mechanism)
  await sign(count / inFlight, 1)
  const alone: number[] = []
  const together: number[] = []
  const beside: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await sign(count, 1))
    beside.push(Number(execFileSync(bare, [userPin, word, word, String(count)])))
    together.push(await sign(count, inFlight))
  }
  const figure = (work: string, ours: readonly number[], most: number): Figure => {
    const than = "the same calls from C"
    return { work, ours: Math.min(...ours), than, beside: Math.min(...beside), unit: "ms", goal: most }
  }
  return [
    figure(`${count} signatures with ${algorithm}, one at a time`, alone, goal),
    figure(`the same, ${inFlight} in flight`, together, goalInFlight),
  ]
}

/** Signs so often, with so many at once, and says how many milliseconds that took. */
function signer(client: TokenClient, uri: TokenUri, mechanism: Kind["mechanism"]) {
  const message = new Uint8Array(100)
  return async (count: number, atOnce: number): Promise<number> => {
    const started = performance.now()
    const inTurns = async (): Promise<void> => {
      for (let done = 0; done < count / atOnce; done += 1) await client.sign(uri, null, mechanism, message)
    }
    await Promise.all(Array.from({ length: atOnce }, inTurns))
    return performance.now() - started
  }
}

function compiled(program: string): string {
  const headers = join(import.meta.dirname, "..", "..", "node_modules", "pkcs11js", "includes", "pkcs11")
  const source = join(import.meta.dirname, "bare-signing.c")
  execFileSync("gcc", ["-O2", "-Wall", `-I${headers}`, "-o", program, source, "-ldl"])
  return program
}
