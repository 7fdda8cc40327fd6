import type { EditedKeys } from "../composition/check-inventory.ts"
import { printable } from "../domain/printable.ts"

/** Tells a person that keys were edited past the log. Whatever they ask for is done all the same. */
export function editedKeysNote(stream: NodeJS.WriteStream) {
  return ({ keys, names }: EditedKeys): void => {
    const more = keys > names.length ? ` and ${keys - names.length} more` : ""
    const what = keys === 1 ? "1 key is not as the log left it" : `${keys} keys are not as the log left them`
    const text = `${what}: ${names.join(", ")}${more}; somebody may have edited the vault: run \`claviger vault verify\``
    stream.write(`claviger: ${printable(text)}\n`)
  }
}
