import { z } from "zod"

/** Operations that take their time, tell how far they are, and can be ended early. */
export const LongOperation = z.enum([
  "vault.backup",
  "vault.restore",
  "vault.drill",
  "vault.verify",
  "file.encrypt",
  "file.decrypt",
  "key.generate",
  "key.rotate",
  "rotation.start",
  "rotation.rewrap",
  "rotation.automatic",
  "event.start",
])
export type LongOperation = z.infer<typeof LongOperation>

/** What main tells the window by itself: topics and figures, never the data of a vault. */
export const Announcement = z.discriminatedUnion("topic", [
  /** `clearsInMs` is 0 when the clipboard has been cleared. */
  z.object({ topic: z.literal("clipboard"), clearsInMs: z.int().nonnegative() }),
  /** Work that `window.cancel` ends early; `share` of it is done, from 0 to 1, where that is known. */
  z.object({
    topic: z.literal("progress"),
    of: LongOperation,
    isRunning: z.boolean(),
    share: z.number().min(0).max(1).nullable(),
  }),
  /** Something was plugged in or pulled out over USB. */
  z.object({ topic: z.literal("usb") }),
  /** Tokens were checked by themselves; of `failing` of them a person must know that they are not well. */
  z.object({ topic: z.literal("token-health"), failing: z.int().nonnegative() }),
  /** Keys were found that are not as the log left them. The log's newest row `inventory.edited` says which. */
  z.object({ topic: z.literal("edited-keys") }),
  /** The menu, or a second start, asks for a place in the app. */
  z.object({
    topic: z.literal("go"),
    to: z.enum(["about", "keys", "settings", "new-key", "import", "palette", "lock"]),
  }),
])
export type Announcement = z.infer<typeof Announcement>
