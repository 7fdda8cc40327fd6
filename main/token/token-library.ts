import pkcs11js, { type InitializationOptions, type ModuleInfo } from "pkcs11js"
import type { TokenModule } from "../../preload/contract/token-object.ts"
import { callToken } from "./token-failure.ts"

const { CKF_OS_LOCKING_OK, PKCS11 } = pkcs11js

/** A library of PKCS#11, loaded and initialised. There is one in a process, which ends with it. */
export class TokenLibrary implements Disposable {
  readonly functions = new PKCS11()

  /**
   * @param parameters - what it is told when it starts
   * @throws Error when the file is no library; `TOKEN_ERROR` when it does not start
   */
  constructor(path: string, parameters: string | null) {
    this.functions.load(path)
    try {
      callToken(() => this.functions.C_Initialize(startOptions(parameters)))
    } catch (error) {
      this.functions.close()
      throw error
    }
  }

  info(): NonNullable<TokenModule["library"]> {
    const info: ModuleInfo = callToken(() => this.functions.C_GetInfo())
    return {
      description: padded(info.libraryDescription),
      manufacturer: padded(info.manufacturerID),
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

/** pkcs11js cuts off the last character. */
function startOptions(parameters: string | null): InitializationOptions {
  return { flags: CKF_OS_LOCKING_OK, ...(parameters === null ? {} : { libraryParameters: `${parameters} ` }) }
}

export function versionText({ major, minor }: { readonly major: number; readonly minor: number }): string {
  return `${major}.${minor}`
}

/** Texts of PKCS#11 are filled up with blanks; some libraries fill up with NUL. */
export function padded(text: string): string {
  return text.replaceAll("\0", " ").trim()
}
