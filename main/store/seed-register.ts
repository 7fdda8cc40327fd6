import { z } from "zod"
import type { SeedAddress, SeedRegister, SeedWallet } from "../domain/seed-register.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { VaultDb } from "./vault-database.ts"

const AccountRow = z.object({ xpub: z.string() })
const AddressRows = z.array(
  z.object({ wallet: z.string(), standard: z.string(), path: z.string(), address: z.string() }),
)
const ChildRows = z.array(z.object({ path: z.string() }))

/** Of a hardened step of BIP-32. */
const greatestIndex = 2 ** 31 - 1

const rowOf = "(SELECT row FROM keys WHERE id = ?)"

/** Which accounts, addresses and children came of each seed. Rows are added, never changed. */
export class StoredSeeds implements SeedRegister {
  readonly #db: VaultDb

  constructor(db: VaultDb) {
    this.#db = db
  }

  account({ keyId, version, wallet }: SeedWallet, path: string): string | null {
    const row = this.#db
      .prepare(`SELECT xpub FROM seed_accounts WHERE key_row = ${rowOf} AND version = ? AND wallet = ? AND path = ?`)
      .get(keyId, version, wallet, path)
    return row === undefined ? null : AccountRow.parse(row).xpub
  }

  addAccount({ keyId, version, wallet }: SeedWallet, path: string, xpub: string): void {
    this.#db
      .prepare(`INSERT INTO seed_accounts (key_row, version, wallet, path, xpub) VALUES (${rowOf}, ?, ?, ?, ?)`)
      .run(keyId, version, wallet, path, xpub)
  }

  addresses(keyId: string, version: number): readonly SeedAddress[] {
    const rows = this.#db
      .prepare(
        `SELECT wallet, standard, path, address FROM seed_addresses WHERE key_row = ${rowOf} AND version = ?
         ORDER BY wallet, standard, length(path), path`,
      )
      .all(keyId, version)
    return AddressRows.parse(rows)
  }

  addAddresses(
    { keyId, version, wallet }: SeedWallet,
    standard: string,
    addresses: readonly { path: string; address: string }[],
    at: string,
  ): void {
    const insert = this.#db.prepare(
      `INSERT INTO seed_addresses (key_row, version, wallet, path, standard, address, shown_at)
       VALUES (${rowOf}, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    )
    for (const { path, address } of addresses) insert.run(keyId, version, wallet, path, standard, address, at)
  }

  nextChild(family: string): number {
    const given = new Set(this.#given(family))
    const after = Math.max(-1, ...given) + 1
    if (after <= greatestIndex) return after
    for (let index = 0; index <= greatestIndex; index += 1) if (!given.has(index)) return index
    throw new VaultError("NOT_FOUND", "a child of this kind that was not given before")
  }

  addChild(keyId: string, version: number, family: string, index: number, at: string): void {
    if (this.#given(family).includes(index)) {
      throw new VaultError("ALREADY_EXISTS", `the child ${index} of this seed; without an index the next one is given`)
    }
    this.#db
      .prepare(`INSERT INTO seed_children (key_row, version, path, created_at) VALUES (${rowOf}, ?, ?, ?)`)
      .run(keyId, version, `${family}/${index}'`, at)
  }

  /** Under whatever name, and of seeds that are destroyed: a wallet that came in twice is one wallet. */
  #given(family: string): number[] {
    const rows = this.#db
      .prepare("SELECT path FROM seed_children WHERE substr(path, 1, ?) = ?")
      .all(family.length + 1, `${family}/`)
    return ChildRows.parse(rows).map(({ path }) => Number.parseInt(path.slice(family.length + 1), 10))
  }
}
