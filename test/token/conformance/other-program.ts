import { run } from "../../interop/program.ts"
import type { OpenModule } from "./module-under-test.ts"
import { userPin } from "./module-under-test.ts"

/**
 * What another program does with the same token, in a process of its own: JavaScript, in which `library`, `pkcs11js` and `session` of the
 * user are there, and `print` says what came of it.
 */
export function otherProgram({ library, parameters }: OpenModule, label: string, does: string): string {
  const told = parameters === null ? "{}" : `{ libraryParameters: ${JSON.stringify(`${parameters} `)} }`
  const program = `
    const pkcs11js = require("pkcs11js"), library = new pkcs11js.PKCS11()
    const print = (text) => process.stdout.write(text)
    library.load(${JSON.stringify(library)})
    library.C_Initialize({ flags: pkcs11js.CKF_OS_LOCKING_OK, ...${told} })
    const slot = library.C_GetSlotList(true).find((slot) => library.C_GetTokenInfo(slot).label.trim() === ${JSON.stringify(label)})
    const session = library.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION | pkcs11js.CKF_RW_SESSION)
    library.C_Login(session, pkcs11js.CKU_USER, ${JSON.stringify(userPin)})
    ${does}
    process.exit(0)`
  return run(process.execPath, ["-e", program]).toString()
}
