import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"

export interface FakeDevice {
  readonly vendorId: string
  readonly productId: string
  readonly manufacturer?: string | Uint8Array
  readonly product?: string | Uint8Array
  readonly serial?: string | Uint8Array
  /** Of its one interface; a smart card's unless it is said. */
  readonly interfaceClass?: number
}

const script = join(import.meta.dirname, "fake-usb.py")

/**
 * A USB of its own, in which the real library finds what is plugged in here: namespaces that see another /sys/bus and other
 * messages of the kernel than the machine. They last as long as the process that holds them.
 */
export class FakeUsb implements Disposable {
  readonly #holder: ChildProcess
  readonly #plugged = new Map<string, string>()
  #plugs = 0

  private constructor(holder: ChildProcess) {
    this.#holder = holder
  }

  static async start(): Promise<FakeUsb> {
    const commands = "mount -t tmpfs none /sys/bus && mkdir -p /sys/bus/usb/devices && echo ready && exec cat"
    const holder = spawn("unshare", ["-m", "-n", "sh", "-c", commands], { stdio: ["pipe", "pipe", "inherit"] })
    await once(holder.stdout, "data")
    return new FakeUsb(holder)
  }

  /** What to start for a program to see this USB. */
  readonly inside = (program: string, args: readonly string[]): [program: string, args: string[]] => {
    return ["nsenter", ["-t", String(this.#holder.pid), "-m", "-n", `--wd=${process.cwd()}`, program, ...args]]
  }

  plugIn(place: string, { interfaceClass = 0x0b, manufacturer, product, serial, ...ids }: FakeDevice): void {
    this.#plugs += 1
    const texts = { manufacturer: inHex(manufacturer), product: inHex(product), serial: inHex(serial) }
    const device = JSON.stringify({ ...ids, ...texts, interfaceClass, number: this.#plugs })
    this.#plugged.set(place, device)
    this.#run("add", place, device)
  }

  pullOut(place: string): void {
    this.#run("remove", place, this.#plugged.get(place) ?? "")
    this.#plugged.delete(place)
  }

  [Symbol.dispose](): void {
    this.#holder.kill()
  }

  #run(...words: readonly string[]): void {
    const [program, args] = this.inside("python3", [script, ...words])
    execFileSync(program, args, { stdio: "pipe" })
  }
}

function inHex(text: string | Uint8Array | undefined): string | null {
  return text === undefined ? null : Buffer.from(text).toString("hex")
}

/** Why no USB can be made up here; `null` if one can: `test.skipIf(noFakeUsb !== null)`. */
export const noFakeUsb: string | null = whyNot()

function whyNot(): string | null {
  if (process.platform !== "linux") return "devices are made up for Linux alone"
  if (spawnSync("python3", ["--version"]).status !== 0) return "python3 is missing"
  return spawnSync("unshare", ["-m", "-n", "test", "-d", "/sys/bus"]).status === 0 ? null : "it needs root"
}
