/** Hands on together what is said in one turn of the event loop: a message between processes costs more than what it says. */
export function gathered<Said>(handOn: (all: readonly Said[]) => void): (one: Said) => void {
  let waiting: Said[] = []
  return (one) => {
    waiting.push(one)
    if (waiting.length > 1) return
    // Behind all the messages that came in one piece, each of which may lead to another request.
    process.nextTick(() => {
      const all = waiting
      waiting = []
      handOn(all)
    })
  }
}
