import { VaultError } from "../domain/vault-error.ts"
import { type Field, integer } from "./field.ts"
import { inheritedDescriptors } from "./inherited-descriptors.ts"

/** The number of an open file descriptor, which is read later. */
export function descriptor(placeholder: string, says: string): Field<number | undefined> {
  const number = integer(placeholder, says)
  return {
    ...number,
    read(given, name) {
      const fd = number.read(given, name)
      if (fd !== undefined && !inheritedDescriptors.has(fd)) {
        throw new VaultError("INVALID_INPUT", `${name}: is not a descriptor that was handed to the program`)
      }
      return fd
    },
  }
}
