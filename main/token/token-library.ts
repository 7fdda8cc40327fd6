import pkcs11js, { type ModuleInfo } from "pkcs11js"
import type { TokenModule } from "../../preload/contract/token-object.ts"
import { VaultError } from "../domain/vault-error.ts"
import { callToken, returnValueOf, toVaultError } from "./token-failure.ts"

const { CKF_OS_LOCKING_OK, PKCS11 } = pkcs11js

/** A library of PKCS#11, loaded and initialised. There is one in a process, which ends with it. */
export class TokenLibrary implements Disposable {
  readonly functions = new PKCS11()

  /**
   * @param parameters - what it is told when it starts
   * @throws `INVALID_INPUT` when the file is no library; `TOKEN_ERROR` when it does not start
   */
  constructor(path: string, parameters: string | null) {
    load(this.functions, path)
    try {
      callToken(() => initialise(this.functions, parameters))
    } catch (error) {
      this.functions.close()
      throw error
    }
  }

  info(): NonNullable<TokenModule["library"]> {
    const info: ModuleInfo = callToken(() => this.functions.C_GetInfo())
    return {
      description: unpadded(info.libraryDescription),
      manufacturer: unpadded(info.manufacturerID),
      version: versionText(info.libraryVersion),
      cryptoki: versionText(info.cryptokiVersion),
    }
  }

  [Symbol.dispose](): void {
    try {
      this.functions.C_Finalize()
    } catch {
      // The process ends now, and the library with it.
    }
    this.functions.close()
  }
}

/** What the system says, such as which other library is missing, is all that is known of why. */
function load(functions: InstanceType<typeof PKCS11>, path: string): void {
  try {
    functions.load(path)
  } catch (error) {
    const failure = toVaultError(error)
    if (failure instanceof VaultError || !(failure instanceof Error)) throw failure
    const reason = failure.message.replace(`${path}: `, "").slice(0, 500)
    throw new VaultError("INVALID_INPUT", `it is no PKCS#11 library that can be loaded: ${reason}`, { cause: error })
  }
}

/** Some don't start unless they may lock, by what the system has; others can't do that. */
function initialise(functions: InstanceType<typeof PKCS11>, parameters: string | null): void {
  // pkcs11js cuts off the last character.
  const told = parameters === null ? {} : { libraryParameters: `${parameters} ` }
  try {
    functions.C_Initialize({ ...told, flags: CKF_OS_LOCKING_OK })
  } catch (error) {
    if (!["CKR_CANT_LOCK", "CKR_ARGUMENTS_BAD", "CKR_NEED_TO_CREATE_THREADS"].includes(returnValueOf(error) ?? ""))
      throw error
    functions.C_Initialize({ ...told, flags: 0 })
  }
}

export function versionText({ major, minor }: { readonly major: number; readonly minor: number }): string {
  return `${major}.${minor}`
}

/** Texts of PKCS#11 are filled up with blanks; some libraries fill up with NUL. */
export function unpadded(text: string): string {
  return text.replaceAll("\0", " ").trim()
}
