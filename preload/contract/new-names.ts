import { z } from "zod"
import { Id, KeyName, Label, Remark } from "./values.ts"

/**
 * What a person reads, and tells apart by reading. Only what is given now is held to it: a vault from before may hold
 * other names, and they go on being found and shown.
 */
function asRead<Text extends z.ZodType<string>>(text: Text): Text {
  return text
    .refine((given) => given === given.trim(), "begins or ends with a blank")
    .refine((given) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(given), "holds a line break or another control character")
    .refine((given) => !directionMarks.test(given), "holds a mark that changes the direction of writing")
}

/** All of Unicode's Bidi_Control: with them `exe.fdp` reads as another name. Letters bring their direction with them. */
const directionMarks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/

/** A name that a key is given. One in the form of an id could hide the key that has that id. */
export const NewKeyName = asRead(KeyName).refine((name) => !Id.safeParse(name).success, "has the form of a key's id")

export const NewKeyringName = asRead(KeyName)

/** Of a vault, a keyslot or a token. */
export const NewLabel = asRead(Label)

/** Owner or environment. An empty one would pass for one that is named. */
export const NewRemark = asRead(Remark.refine((text) => text !== "", "is empty"))

/** A tag as it may be there already, to be taken away. */
export const Tag = z
  .string()
  .min(1)
  .max(100)
  .refine((tag) => tag.isWellFormed() && !tag.includes("\0"), "is not well-formed text")
export const NewTag = asRead(Tag)

export const NewTags = z.array(NewTag).max(100)
