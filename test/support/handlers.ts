import { contract, type Handlers } from "../../preload/contract/index.ts"

/** All handlers: those given, and for every other operation one that says it was not expected. */
export function handlersWith(given: Partial<Handlers>): Handlers {
  const others = Object.keys(contract).map((name) => [
    name,
    () => {
      throw new Error(`${name} was not expected`)
    },
  ])
  return { ...Object.fromEntries(others), ...given }
}
