import { expect, test } from "vitest"
import { inert } from "../../renderer/ui/inert.ts"

test.for([
  ["invoice\u202efdp.exe", "invoice\\u{202e}fdp.exe"],
  ["two\nlines\u2028", "two\\u{a}lines\\u{2028}"],
  ["\u2066a\u2069\u200f\u061c", "\\u{2066}a\\u{2069}\\u{200f}\\u{61c}"],
  ["\u001b[31mred\u009b", "\\u{1b}[31mred\\u{9b}"],
] as const)("the name %j from before is shown as %s", ([name, shown]) => expect(inert(name)).toBe(shown))

test.for(["Ключ 鍵 مفتاح é", "👩‍👩‍👧‍👦", "می‌خواهم", "<img onerror=x>"])("%s is shown as it is", (name) =>
  expect(inert(name)).toBe(name),
)
