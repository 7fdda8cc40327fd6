import { beforeEach, describe, expect, test } from "vitest"
import { gathered } from "../../main/token/gathered.ts"
import { GatheredReplies } from "../../main/token/gathered-replies.ts"
import type { TokenReply } from "../../main/token/token-protocol.ts"

const answered = (id: number, result: unknown = null): TokenReply => ({ id, ok: true, result })
const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

test("what is asked in one turn is one message, in its order, and what is asked later another", async () => {
  const messages: (readonly number[])[] = []
  const ask = gathered<number>((all) => messages.push(all))
  ask(1)
  await Promise.resolve()
  ask(2)
  await nextTurn()
  ask(3)
  await nextTurn()
  expect(messages).toEqual([[1, 2], [3]])
})

describe("answers", () => {
  let now = 0
  let messages: number[][]
  let replies: GatheredReplies

  beforeEach(() => {
    messages = []
    const send = (all: readonly TokenReply[]) => messages.push(all.map(({ id }) => id))
    replies = new GatheredReplies(send, () => now)
  })

  test("that were quick are one message", () => {
    replies.add(answered(1))
    now += 1
    replies.add(answered(2))
    replies.tell()
    expect(messages).toEqual([[1, 2]])
  })

  test("that took long wait for no other", () => {
    now += 3
    replies.add(answered(1))
    now += 3
    replies.add(answered(2))
    expect(messages).toEqual([[1], [2]])
  })

  test("are told once", () => {
    replies.add(answered(1))
    replies.tell()
    replies.tell()
    expect(messages).toEqual([[1]])
  })
})

test("an answer is whole when it is sent, and wiped behind that", () => {
  const result = new Uint8Array([1, 2, 3])
  let sent: unknown = null
  const send = (all: readonly TokenReply[]) => {
    sent = structuredClone(all)
  }
  const replies = new GatheredReplies(send, () => 0)
  replies.add(answered(1, result))
  replies.tell()
  expect(sent).toEqual([answered(1, new Uint8Array([1, 2, 3]))])
  expect(result).toEqual(new Uint8Array(3))
})
