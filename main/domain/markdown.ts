import { printable } from "./printable.ts"
import type { DocumentBlock, WrittenDocument } from "./written-document.ts"

/** A document as Markdown, with the tables of GitHub's. */
export function markdownOf({ title, blocks }: WrittenDocument): string {
  return `${[`# ${inert(title)}`, ...blocks.map(blockText)].join("\n\n")}\n`
}

function blockText(block: DocumentBlock): string {
  switch (block.kind) {
    case "heading":
      return `## ${inert(block.text)}`
    case "text":
      return inert(block.text)
    case "notice":
      return `> **${inert(block.text)}**`
    case "facts":
      return block.facts.map(([label, value]) => `- ${inert(label)}: ${inert(value)}`).join("\n")
    case "table": {
      const line = (cells: readonly string[]): string => `| ${cells.map(inert).join(" | ")} |`
      return [line(block.columns), `|${" --- |".repeat(block.columns.length)}`, ...block.rows.map(line)].join("\n")
    }
  }
}

/** What somebody named a key is text: no link, no table, no HTML. */
function inert(text: string): string {
  return printable(text).replaceAll(/[\\`*_{}[\]<>#|~&]/g, (character) => `\\${character}`)
}
