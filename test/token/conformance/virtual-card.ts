import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseTokenUri } from "../../../main/domain/token-uri.ts"
import { isThere } from "../../interop/program.ts"
import { temporaryFolder } from "../../support/temporary-folder.ts"
import { pin } from "../soft-hsm.ts"
import { librariesThere, libraryIn } from "./libraries.ts"
import { type OpenModule, userPin } from "./module-under-test.ts"
import { OwnNamespaces, reasonAgainstNamespaces } from "./own-namespaces.ts"

const cardProgram = join(import.meta.dirname, "piv_card.py")
const driver = "pcsc/drivers/serial/libifdvpcd.so"
const [pinAtFirst, puk] = ["123456", "12345678"]

export function reasonAgainstCard(library: string): string | null {
  const missing = ["pcscd", "opensc-tool", "pkcs15-tool"].find((program) => !isThere(program))
  if (missing !== undefined) return `${missing} is not installed`
  const absent = [library, driver].find((name) => librariesThere(name).length === 0)
  return absent === undefined ? reasonAgainstNamespaces() : `${absent} is not installed`
}

/** A reader with a PIV card in it, which a program plays; its keys are those of slots 9A, 9C and 9D. */
export async function openCard({
  reader,
  library,
  uri,
}: {
  reader: string
  library: string
  uri: string
}): Promise<OpenModule> {
  const folder = temporaryFolder()
  const room = await OwnNamespaces.open("/run")
  const settings = [
    `FRIENDLYNAME "${reader}"`,
    "DEVICENAME /dev/null:0x8C7B",
    `LIBPATH ${libraryIn(driver)}`,
    "CHANNELID 0x8C7B",
  ]
  writeFileSync(folder.file("reader.conf"), `${settings.join("\n")}\n`)
  // Readers that this machine really has are not for us.
  room.start("pcscd", ["--foreground", "--config", folder.file("reader.conf")], { PCSCLITE_HP_DROPDIR: folder.path })
  const waitForCard = (isThereNow: "Yes" | "No"): void => {
    room.run("sh", ["-c", `until opensc-tool --list-readers | grep -q "^0 *${isThereNow}"; do :; done`])
  }
  const signalCard = (name: string): void => {
    room.run("pkill", [`-${name}`, "-f", "piv_card.py"])
  }
  room.run("sh", ["-c", "until test -S /run/pcscd/pcscd.comm; do :; done"])
  room.start("python3", ["-B", cardProgram, "--pin", pinAtFirst, "--puk", puk])
  waitForCard("Yes")
  return {
    library: libraryIn(library),
    parameters: null,
    startHost: room.startHostWith(),
    folder: folder.path,
    uri,
    async makeReady(client) {
      using first = pin(pinAtFirst)
      using user = pin(userPin)
      await client.changePin(parseTokenUri(uri), "user", first, user)
    },
    async unlock() {
      room.run("pkcs15-tool", ["--unblock-pin", "--puk", puk, "--new-pin", userPin])
    },
    freeze: () => signalCard("STOP"),
    thaw: () => signalCard("CONT"),
    async takeAway() {
      signalCard("USR1")
      signalCard("CONT")
      waitForCard("No")
    },
    async bringBack() {
      signalCard("USR2")
      waitForCard("Yes")
    },
    [Symbol.dispose]() {
      room[Symbol.dispose]()
      folder[Symbol.dispose]()
    },
  }
}
