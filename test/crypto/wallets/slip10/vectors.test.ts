import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { hardened, parseDerivationPath } from "../../../../main/crypto/wallets/bip32/derivation-path.ts"
import { hash160 } from "../../../../main/crypto/wallets/bip32/extended-public-key.ts"
import { Ed25519Node } from "../../../../main/crypto/wallets/slip10/ed25519-tree.ts"
import { WeierstrassNode } from "../../../../main/crypto/wallets/slip10/weierstrass-tree.ts"
import { vaultErrorOf } from "../../../support/vault-error-of.ts"
import { bytesOf, hexOf } from "../read-vectors.ts"

interface Vector {
  readonly title: string
  readonly seed: string
  readonly path: string
  readonly fingerprint: string
  readonly chainCode: string
  readonly private: string
  readonly public: string
}

const file = readFileSync(new URL("../../../vectors/slip10/slip-0010.txt", import.meta.url), "utf8")

/** The chains under each heading of the standard's list. */
const vectors: Vector[] = file.split(/^### /m).flatMap((section) => {
  const [, title = ""] = /^(.*)$/m.exec(section) ?? []
  const [, seed = ""] = /Seed \(hex\): ([0-9a-f]+)/.exec(section) ?? []
  const chains = section.matchAll(
    /\* Chain (m\S*)\s+\* fingerprint: (\w+)\s+\* chain code: (\w+)\s+\* private: (\w+)\s+\* public: (\w+)/g,
  )
  return [...chains].map(([, path = "", fingerprint = "", chainCode = "", privateKey = "", publicKey = ""]) => ({
    title,
    seed,
    path: path.replaceAll("<sub>H</sub>", "h"),
    fingerprint,
    chainCode,
    private: privateKey,
    public: publicKey,
  }))
})

function rootOf({ title, seed }: Vector): Ed25519Node | WeierstrassNode {
  if (title.endsWith("ed25519")) return Ed25519Node.fromSeed(bytesOf(seed))
  return WeierstrassNode.fromSeed(title.endsWith("nist256p1") ? "p256" : "secp256k1", bytesOf(seed))
}

/** As the standard writes it: a zero before a key of Ed25519. */
function publicKeyOf(node: Ed25519Node | WeierstrassNode): string {
  return `${node instanceof Ed25519Node ? "00" : ""}${hexOf(node.publicKey)}`
}

test("the standard has 40 chains under 8 headings", () => {
  expect(vectors).toHaveLength(40)
  expect(new Set(vectors.map(({ title }) => title)).size).toBe(8)
})

test.for(vectors)("$title, $path", (vector) => {
  const root = rootOf(vector)
  const path = parseDerivationPath(vector.path)
  const node = root.derive(path)
  const parent = publicKeyOf(root.derive(path.slice(0, -1)))
  expect({
    fingerprint: path.length === 0 ? "00000000" : hexOf(hash160(bytesOf(parent)).subarray(0, 4)),
    chainCode: hexOf(node.chainCode.bytes),
    private: hexOf(node.privateKey.bytes),
    public: publicKeyOf(node),
  }).toEqual({
    fingerprint: vector.fingerprint,
    chainCode: vector.chainCode,
    private: vector.private,
    public: vector.public,
  })
})

test("Ed25519 has no children that are not hardened", () => {
  const root = Ed25519Node.fromSeed(new Uint8Array(16))
  expect(vaultErrorOf(() => root.derive([hardened(44), 0])).detail).toBe("path: Ed25519 has hardened steps only")
})

test.for([15, 65])("a seed of %i bytes has no tree", (size) => {
  const seed = new Uint8Array(size)
  expect(vaultErrorOf(() => Ed25519Node.fromSeed(seed)).code).toBe("INVALID_INPUT")
  expect(vaultErrorOf(() => WeierstrassNode.fromSeed("p256", seed)).code).toBe("INVALID_INPUT")
})

test("disposing of a key wipes it, and leaves its children", () => {
  for (const root of [Ed25519Node.fromSeed(new Uint8Array(16)), WeierstrassNode.fromSeed("p256", new Uint8Array(16))]) {
    const child = root.derive([hardened(1)])
    root[Symbol.dispose]()
    expect([root.privateKey.bytes, root.chainCode.bytes]).toEqual([new Uint8Array(32), new Uint8Array(32)])
    expect(child.privateKey.bytes).not.toEqual(new Uint8Array(32))
  }
})
