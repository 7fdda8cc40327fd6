import { contract, type HandlerLoaders, type Handlers } from "../../preload/contract/index.ts"

/** All handlers: those given, and for every other operation one that says it was not expected. */
export function handlersWith(given: Partial<Handlers>): HandlerLoaders {
  const others = Object.keys(contract).map((name) => [
    name,
    () => {
      throw new Error(`${name} was not expected`)
    },
  ])
  const all: Handlers = { ...Object.fromEntries(others), ...given }
  const load = () => Promise.resolve(all)
  const loaders = { vault: load, keyring: load, policy: load, report: load, key: load, seed: load, token: load }
  return { ...loaders, "vault.info": load, rotation: load, event: load, incident: load, file: load, audit: load }
}
