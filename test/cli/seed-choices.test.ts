import { expect, test } from "vitest"
import { readChild } from "../../main/cli/seed-choices.ts"

test.for([
  ["words=12,index=3", { child: { kind: "bip39", words: 12 }, index: 3 }],
  ["kind=hex,bytes=32", { child: { kind: "hex", bytes: 32 }, index: undefined }],
  ["kind=base85,length=20", { child: { kind: "base85", length: 20 }, index: undefined }],
] as const)("%s is a child that can be asked for", ([given, child]) => {
  expect(readChild(given)).toEqual(child)
})

test.for(["kind=password", "words=12,words=15", "12", ""])("%j is refused with the kinds that there are", (given) => {
  expect(() => readChild(given)).toThrow("kinds: hex, wif, xprv, base64, base85")
})
