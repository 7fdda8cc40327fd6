import { EventEmitter } from "node:events"
import { host } from "./host-line.ts"

type Decide = (contents: null, permission: string, decide: (isAllowed: boolean) => void) => void
type Serve = (request: Request) => Response | Promise<Response>

const schemes: { scheme: string; privileges: Record<string, boolean> }[] = []

/** Electron's `protocol`. */
export const protocol = {
  registerSchemesAsPrivileged(custom: typeof schemes): void {
    schemes.push(...custom)
  },
}

/** Electron's `Session`. */
class Session extends EventEmitter {
  #serve: Serve | null = null
  #decide: Decide | null = null
  #hasCheck = false

  readonly protocol = {
    handle: (scheme: string, serve: Serve): void => {
      const privileges = schemes.find((custom) => custom.scheme === scheme)?.privileges
      if (!privileges?.["standard"] || !privileges["secure"]) throw new Error(`${scheme} is not standard and secure`)
      this.#serve = serve
      // Node loads what a Response is made of at the first use; Electron has its own at hand.
      setImmediate(() => void new Response(new Uint8Array(1)).arrayBuffer())
    },
  }

  setPermissionRequestHandler(decide: Decide): void {
    this.#decide = decide
  }

  setPermissionCheckHandler(check: () => boolean): void {
    this.#hasCheck = !check()
  }

  setDevicePermissionHandler(check: () => boolean): void {
    if (check()) throw new Error("the stand-in has no devices")
  }

  setDisplayMediaRequestHandler(_handler: unknown): void {}

  /** Which of the permissions the handlers deny. */
  deniedOf(permissions: readonly string[]): string[] {
    const decide = this.#decide
    if (decide === null || !this.#hasCheck) throw new Error("the stand-in wants both permission handlers")
    return permissions.filter((permission) => {
      let isAllowed = false
      decide(null, permission, (decision) => {
        isAllowed = decision
      })
      return !isAllowed
    })
  }

  async answer(url: string, method: string): Promise<Response> {
    if (this.#serve === null) return new Response(null, { status: 404 })
    return this.#serve(new Request(url, { method }))
  }
}

const partitions = new Map<string, Session>()

/** Electron's `session`. */
export const session = {
  defaultSession: new Session(),
  fromPartition(name: string): Session {
    if (name.startsWith("persist:")) throw new Error("the stand-in keeps nothing")
    const found = partitions.get(name) ?? new Session()
    partitions.set(name, found)
    return found
  },
}

/** One partition is all that the app has. */
host.on("serve", async ({ request, url, method }) => {
  const [pages] = partitions.values()
  const response = await (pages ?? session.defaultSession).answer(url, method)
  const body = new Uint8Array(await response.arrayBuffer())
  host.tell({ kind: "served", request, status: response.status, headers: [...response.headers], body })
})
