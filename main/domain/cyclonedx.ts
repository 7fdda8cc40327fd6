import type { Algorithm, KeyState, Purpose } from "../../preload/contract/values.ts"
import { type AlgorithmFacts, algorithmFacts } from "./algorithm-facts.ts"
import type { InventoryDocument } from "./inventory-document.ts"
import { inVault } from "./key-location.ts"
import type { KeyOutline } from "./key-outline.ts"

/** What CycloneDX calls an algorithm is one for a job: RSA that signs is another than RSA that encrypts. */
interface Job {
  readonly algorithm: Algorithm
  readonly purpose: Purpose
}

const materialType: Readonly<Record<AlgorithmFacts["kind"], string>> = {
  symmetric: "secret-key",
  asymmetric: "private-key",
  seed: "seed",
  text: "credential",
}

/** Its states are those of SP 800-57, which knows no waiting before a destruction: such a key does nothing. */
const states: Readonly<Record<KeyState, string>> = {
  "pre-active": "pre-activation",
  active: "active",
  suspended: "suspended",
  deactivated: "deactivated",
  compromised: "compromised",
  "pending-destruction": "deactivated",
  destroyed: "destroyed",
}

/** A cryptography bill of materials, CycloneDX 1.6: each key, and each algorithm that one of them has. */
export function cyclonedx(): InventoryDocument {
  const jobs = new Map<string, Job>()
  return {
    begin({ id, vaultId, at }) {
      const metadata = {
        timestamp: at,
        tools: { components: [{ type: "application", name: "Claviger" }] },
        component: { type: "data", name: "Claviger vault", "bom-ref": `vault/${vaultId}` },
      }
      const head = { bomFormat: "CycloneDX", specVersion: "1.6", serialNumber: `urn:uuid:${id}`, version: 1, metadata }
      return `${JSON.stringify(head).slice(0, -1)},"components":[`
    },
    key(key, isFirst) {
      if (hasAlgorithm(key)) jobs.set(referenceOf(key), key)
      return `${isFirst ? "" : ","}\n${JSON.stringify(keyComponent(key))}`
    },
    end() {
      return `${[...jobs.values()].map((job) => `,\n${JSON.stringify(algorithmComponent(job))}`).join("")}\n]}\n`
    },
  }
}

/** Text has none, and what comes of a seed is for its wallet to say. */
function hasAlgorithm({ algorithm }: Job): boolean {
  const { kind } = algorithmFacts[algorithm]
  return kind === "symmetric" || kind === "asymmetric"
}

function referenceOf({ algorithm, purpose }: Job): string {
  return `algorithm/${algorithm}/${primitiveOf({ algorithm, purpose })}`
}

function keyComponent(key: KeyOutline): object {
  const { id, name, algorithm, state, createdAt, activatesAt, expiresAt, location } = key
  const { kind, bits } = algorithmFacts[algorithm]
  return {
    type: "cryptographic-asset",
    "bom-ref": `key/${id}`,
    name,
    cryptoProperties: {
      assetType: "related-crypto-material",
      relatedCryptoMaterialProperties: {
        type: materialType[kind],
        id,
        state: states[state],
        ...(hasAlgorithm(key) ? { algorithmRef: referenceOf(key) } : {}),
        creationDate: createdAt,
        ...(activatesAt === null ? {} : { activationDate: activatesAt }),
        ...(expiresAt === null ? {} : { expirationDate: expiresAt }),
        ...(bits === null ? {} : { size: bits }),
        securedBy: { mechanism: location === inVault ? "Software" : "HSM" },
      },
    },
    properties: propertiesOf(key),
  }
}

/** What the format has no member for. */
function propertiesOf(key: KeyOutline): { readonly name: string; readonly value: string }[] {
  const { keyring, algorithm, purpose, exportable, owner, environment, rotateEvery, nextRotationAt, fingerprint } = key
  const version = String(key.currentVersion)
  const own = { keyring, algorithm, purpose, exportable, version, owner, environment }
  return Object.entries({ ...own, rotateEvery, nextRotationAt, fingerprint }).flatMap(([name, value]) =>
    value === null ? [] : [{ name: `claviger:${name}`, value }],
  )
}

function algorithmComponent(job: Job): object {
  const { bits, curve, classical, category } = algorithmFacts[job.algorithm]
  return {
    type: "cryptographic-asset",
    "bom-ref": referenceOf(job),
    name: job.algorithm,
    cryptoProperties: {
      assetType: "algorithm",
      algorithmProperties: {
        primitive: primitiveOf(job),
        parameterSetIdentifier: bits === null ? job.algorithm : String(bits),
        ...(curve === undefined ? {} : { curve }),
        cryptoFunctions: functionsOf(job),
        ...(classical === undefined ? {} : { classicalSecurityLevel: classical }),
        ...(category === undefined ? {} : { nistQuantumSecurityLevel: category }),
      },
    },
  }
}

function primitiveOf({ algorithm, purpose }: Job): string {
  if (algorithm === "chacha20-poly1305") return "ae"
  if (algorithm.startsWith("aes-")) return "block-cipher"
  if (algorithm.startsWith("ml-kem-")) return "kem"
  if (algorithm.startsWith("hmac-")) return purpose === "mac" ? "mac" : "kdf"
  if (purpose === "encryption" || purpose === "key-wrapping") return "pke"
  return purpose === "key-agreement" ? "key-agree" : "signature"
}

function functionsOf(job: Job): readonly string[] {
  switch (primitiveOf(job)) {
    case "signature":
      return ["sign", "verify"]
    case "mac":
      return ["tag", "verify"]
    case "kem":
      return ["encapsulate", "decapsulate"]
    case "kdf":
    case "key-agree":
      return ["keyderive"]
    default:
      return ["encrypt", "decrypt"]
  }
}
