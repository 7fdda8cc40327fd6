// Opens a box and says what was in it, and how well it was protected.
import { Secret } from "../../../main/domain/secret.ts"
import { memoryProtection } from "../../../main/platform/native-memory.ts"
import { SecretBox } from "../../../main/platform/secret-box.ts"

using secret = Secret.copyOf(Buffer.from("correct horse"))
using box = new SecretBox(secret)
using copy = box.open()
process.send?.({ opened: Buffer.from(copy.bytes).toString(), protection: memoryProtection() })
