import pkcs11js, { type Handle, type PKCS11 } from "pkcs11js"
import type { TokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { callToken } from "./token-failure.ts"
import { publicHalf } from "./token-inspection.ts"
import { findObjects, ObjectReader, templateOf } from "./token-objects.ts"

const { CKA_CLASS, CKO_PRIVATE_KEY, CKO_PUBLIC_KEY, CKO_SECRET_KEY } = pkcs11js

/**
 * Deletes a key, both halves of it but no certificate, and proves that it is gone. Other programs give ids as well, and anew: a key of
 * theirs that has the same one is left alone.
 * @param publicKey - SubjectPublicKeyInfo DER of the key that is meant, where it has one
 * @returns how many objects there were; 0: under its id there is another key
 * @throws `NOT_FOUND`; `INVALID_INPUT` when several keys have its id
 */
export function destroyKey(pkcs11: PKCS11, session: Handle, uri: TokenUri, publicKey: Uint8Array | null): number {
  if (uri.id === undefined) throw new VaultError("INVALID_INPUT", "the URI names no object: id= is missing")
  const { id } = uri
  const [kind, otherHalf] = uri.type === "secret-key" ? [CKO_SECRET_KEY] : [CKO_PRIVATE_KEY, CKO_PUBLIC_KEY]
  const classOf = (object: Handle): number | null => new ObjectReader(pkcs11, session, object).number(CKA_CLASS)
  // What does not tell its class is taken for the key: nobody would believe that it is gone.
  const isHalf = (object: Handle): boolean => [kind, otherHalf].includes(classOf(object) ?? kind)
  const find = () => findObjects(pkcs11, session, templateOf({ id })).filter(isHalf)
  const objects = find()
  if (objects.length === 0) throw new VaultError("NOT_FOUND", "nothing of the key is in the token")
  const [key, another] = objects.filter((object) => classOf(object) === kind)
  if (another !== undefined) {
    throw new VaultError(
      "INVALID_INPUT",
      "several keys in the token have the id of this one (CKA_ID), and none was deleted: give the others ids of their own first",
    )
  }
  const half =
    publicKey === null || key === undefined
      ? null
      : publicHalf(pkcs11, session, new ObjectReader(pkcs11, session, key), id)
  if (half !== null && !Buffer.from(half).equals(publicKey ?? half)) return 0
  for (const object of objects) callToken(() => pkcs11.C_DestroyObject(session, object))
  if (find().length > 0) throw new VaultError("TOKEN_ERROR", "it said that the key is gone, and still has it")
  return objects.length
}
