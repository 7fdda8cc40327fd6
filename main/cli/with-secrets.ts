import type { Secret } from "../domain/secret.ts"

/** Lends the bytes of several secrets, and wipes them all when the work ends, however it ends. */
export async function withSecrets<Result>(
  secrets: readonly Secret[],
  work: (bytes: Secret["bytes"][]) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(secrets.map(({ bytes }) => bytes))
  } finally {
    for (const secret of secrets) secret[Symbol.dispose]()
  }
}
