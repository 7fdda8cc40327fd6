import { setImmediate } from "node:timers/promises"
import { PDFDocument, StandardFonts } from "pdf-lib"
import { printable } from "../domain/printable.ts"
import type { DocumentBlock, WrittenDocument } from "../domain/written-document.ts"
import { PdfPages } from "./pdf-pages.ts"

/** A document as PDF, A4. What the fonts that every reader has can't write is spelled out by its number. */
export async function pdfOf({ title, at, blocks }: WrittenDocument): Promise<Uint8Array<ArrayBuffer>> {
  const file = await PDFDocument.create()
  file.setTitle(title)
  file.setCreator("Claviger")
  file.setProducer("Claviger")
  file.setCreationDate(new Date(at))
  file.setModificationDate(new Date(at))
  const [plain, bold] = await Promise.all(
    [StandardFonts.Helvetica, StandardFonts.HelveticaBold].map((font) => file.embedFont(font)),
  )
  if (plain === undefined || bold === undefined) throw new Error("the standard fonts are always there")
  const known = new Set(plain.getCharacterSet())
  const writable = (text: string): string =>
    [...printable(text)].map((one) => (known.has(one.codePointAt(0) ?? 0) ? one : spelled(one))).join("")
  const pages = new PdfPages(file, { plain, bold }, writable)
  pages.title(title)
  for (const block of blocks) await write(pages, block)
  pages.number(title)
  return new Uint8Array(await file.save())
}

/** Rows of a table are written in pieces of a few milliseconds: a log is long. */
const rowsAtOnce = 5

async function write(pages: PdfPages, block: DocumentBlock): Promise<void> {
  switch (block.kind) {
    case "heading":
      pages.heading(block.text)
      break
    case "text":
      pages.text(block.text)
      break
    case "notice":
      pages.notice(block.text)
      break
    case "facts":
      pages.facts(block.facts)
      break
    case "table":
      await writeTable(pages, block)
  }
}

async function writeTable(
  pages: PdfPages,
  { columns, rows }: Extract<DocumentBlock, { readonly kind: "table" }>,
): Promise<void> {
  const writeRow = pages.table(columns, rows)
  for (const [index, row] of rows.entries()) {
    writeRow(row)
    if (index % rowsAtOnce === rowsAtOnce - 1) await setImmediate()
  }
}

function spelled(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`
}
