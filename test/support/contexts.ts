import type { Context } from "../../main/cli/context.ts"
import { takeGlobalOptions } from "../../main/cli/global-options.ts"
import { terminalContext } from "../../main/cli/terminal-context.ts"
import { type FindPrompter, VaultPassphrase } from "../../main/cli/vault-passphrase.ts"
import { Secret } from "../../main/domain/secret.ts"
import { createDispatch } from "../../main/operations/dispatch.ts"
import type { Handlers } from "../../preload/contract/index.ts"
import { handlersWith } from "./handlers.ts"

interface Choices {
  readonly handlers?: Partial<Handlers>
  readonly options?: Readonly<Record<string, unknown>>
  readonly findPrompter?: FindPrompter
  readonly vaultPath?: string
}

/** What a command on the terminal may use, over an open vault that answers as it is told. */
export function contextWith({ handlers = {}, options = {}, findPrompter, vaultPath }: Choices): Context {
  const taken = takeGlobalOptions(options)
  const { passphraseFile: file, passphraseFd: fd } = taken
  const find = findPrompter ?? (() => null)
  const reportBug = (_: string, error: unknown): void => {
    throw error
  }
  return terminalContext({
    claviger: { dispatch: createDispatch(handlersWith(handlers), reportBug), isUnlocked: () => true },
    options: taken,
    vaultPath: vaultPath ?? "/nowhere/keys.claviger",
    passphrase: new VaultPassphrase({ file, fd }, find),
    findPrompter: find,
  })
}

/** Somebody at the terminal who gives these answers, one after the other. `asked` tells the questions. */
export function person(...answers: readonly string[]): { readonly find: FindPrompter; readonly asked: string[] } {
  const asked: string[] = []
  const answer = (question: string): Promise<string> => {
    const given = answers[asked.length]
    asked.push(question)
    return given === undefined ? Promise.reject(new Error(`nobody expected: ${question}`)) : Promise.resolve(given)
  }
  const secret = async (question: string): Promise<Secret> =>
    new Secret(new Uint8Array(Buffer.from(await answer(question))))
  return { find: () => ({ line: answer, secret }), asked }
}
