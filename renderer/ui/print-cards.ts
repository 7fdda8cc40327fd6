/** What one sheet of paper says. */
export interface PaperCard {
  readonly title: string
  readonly says: readonly string[]
  /** Its secret; not kept. */
  readonly words: Uint8Array
}

/**
 * Prints each card on a page of its own. Their words are in the page from here until the print dialog closes, and on no
 * screen: they are drawn on paper only.
 * @returns what takes them out of the page at once
 */
export function printCards(cards: readonly PaperCard[]): () => void {
  const place = document.createElement("div")
  place.className = "printed-cards"
  place.append(...cards.map(drawn))
  const remove = () => {
    window.removeEventListener("afterprint", remove)
    for (const item of place.querySelectorAll("li")) item.textContent = ""
    place.remove()
  }
  window.addEventListener("afterprint", remove)
  document.body.append(place)
  window.print()
  return remove
}

function drawn({ title, says, words }: PaperCard): HTMLElement {
  const card = document.createElement("section")
  card.className = "printed-card"
  const list = document.createElement("ol")
  for (const word of new TextDecoder().decode(words).trim().split(/\s+/)) list.append(element("li", word))
  card.append(element("h2", title), ...says.map((line) => element("p", line)), list)
  return card
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  return made
}
