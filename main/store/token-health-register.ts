import { z } from "zod"
import { TokenHealth } from "../../preload/contract/token-health.ts"
import { canonicalJson } from "../crypto/canonical-json.ts"
import type { TokenHealthRegister } from "../domain/open-vault.ts"
import type { VaultDb } from "./vault-database.ts"

const Texts = z.array(z.string())

/** How tokens were when somebody looked, in the words of the log. */
export class StoredTokenHealth implements TokenHealthRegister {
  readonly #db: VaultDb

  constructor(db: VaultDb) {
    this.#db = db
  }

  add(report: TokenHealth): void {
    this.#db.prepare("INSERT INTO token_checks (report) VALUES (?)").run(canonicalJson(report))
  }

  list(tokens: readonly string[] | null, limit: number): TokenHealth[] {
    const meant = tokens === null ? null : JSON.stringify(tokens)
    return this.#read(
      `SELECT report FROM token_checks WHERE :meant IS NULL OR token IN (SELECT value FROM json_each(:meant))
       ORDER BY row DESC LIMIT :limit`,
      { meant, limit },
    )
  }

  newest(): TokenHealth[] {
    return this.#read(
      "SELECT report FROM token_checks WHERE row IN (SELECT max(row) FROM token_checks GROUP BY token) ORDER BY row DESC",
      {},
    )
  }

  /** All of them as they are stored, in order. */
  texts(): string[] {
    return Texts.parse(this.#db.prepare("SELECT report FROM token_checks ORDER BY row").pluck().all())
  }

  #read(sql: string, parameters: object): TokenHealth[] {
    const texts = Texts.parse(this.#db.prepare(sql).pluck().all(parameters))
    return texts.map((text) => TokenHealth.parse(JSON.parse(text)))
  }
}
