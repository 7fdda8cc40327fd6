import { expect, test, vi } from "vitest"
import { chachaProvider } from "../../main/crypto/chacha20-poly1305.ts"
import { ageVectors } from "./age-vector.ts"
import { openVector, outcomes } from "./open-vector.ts"

// As in Electron, whose BoringSSL lacks the cipher.
vi.mock("node:crypto", async (original) => ({ ...(await original<object>()), getCiphers: () => ["aes-256-gcm"] }))

test("the runtime's own cipher is not used here", () => {
  expect(chachaProvider).toBe("noble")
})

test.for(ageVectors)("$name: $expected", async (vector) => {
  const { outcome, payload } = await openVector(vector)
  expect(outcome).toBe(outcomes[vector.expected])
  if (vector.payload !== null) expect(payload).toBe(vector.payload)
})
