import { type PDFDocument, type PDFFont, type PDFPage, rgb } from "pdf-lib"
import { wrapped } from "./wrapped-text.ts"

export interface Fonts {
  readonly plain: PDFFont
  readonly bold: PDFFont
}

/** A4 lying on its side has room for tables. In points. */
const width = 842
const height = 595
const margin = 48
const inner = width - 2 * margin
const size = 9
const leading = 1.35
const gap = 6
const grey = rgb(0.75, 0.75, 0.75)
const ink = rgb(0.1, 0.1, 0.1)
const alarm = rgb(0.7, 0.1, 0.1)

interface Style {
  readonly font: PDFFont
  readonly size: number
  readonly color?: typeof ink
}

/** Writes from the top of a page to its bottom, and goes on on the next one. */
export class PdfPages {
  readonly #file: PDFDocument
  readonly #fonts: Fonts
  readonly #writable: (text: string) => string
  #page: PDFPage
  #y = 0

  /** @param writable - leaves only characters that the fonts have */
  constructor(file: PDFDocument, fonts: Fonts, writable: (text: string) => string) {
    this.#file = file
    this.#fonts = fonts
    this.#writable = writable
    this.#page = this.#turn()
  }

  title(text: string): void {
    this.#paragraph(text, { font: this.#fonts.bold, size: 16 })
  }

  heading(text: string): void {
    // A heading does not stand alone at the end of a page.
    if (this.#y < margin + 60) this.#page = this.#turn()
    this.#y -= gap
    this.#paragraph(text, { font: this.#fonts.bold, size: 12 })
  }

  text(text: string): void {
    this.#paragraph(text, { font: this.#fonts.plain, size })
  }

  notice(text: string): void {
    this.#paragraph(text, { font: this.#fonts.bold, size: 12, color: alarm })
  }

  facts(facts: readonly (readonly [string, string])[]): void {
    for (const [label, value] of facts) this.#row([label, value], [120, inner - 120], this.#fonts.plain)
    this.#y -= gap
  }

  /** Begins a table that is as wide as its rows need. @returns what writes them, one after the other */
  table(columns: readonly string[], rows: readonly (readonly string[])[]): (row: readonly string[]) => void {
    const widths = this.#columnWidths(columns, rows)
    this.#row(columns, widths, this.#fonts.bold)
    return (row) => this.#row(row, widths, this.#fonts.plain)
  }

  /** Puts a footer under every page: which of how many it is. */
  number(title: string): void {
    const pages = this.#file.getPages()
    for (const [index, page] of pages.entries()) {
      const text = this.#writable(`${title}  -  page ${index + 1} of ${pages.length}`)
      page.drawText(text.slice(0, 160), { x: margin, y: margin / 2, size: 7, font: this.#fonts.plain, color: ink })
    }
  }

  #turn(): PDFPage {
    this.#y = height - margin
    return this.#file.addPage([width, height])
  }

  #paragraph(text: string, style: Style): void {
    for (const line of this.#lines(text, style, inner)) this.#line(line, margin, style)
    this.#y -= gap
  }

  #line(text: string, x: number, style: Style): void {
    const step = style.size * leading
    if (this.#y - step < margin) this.#page = this.#turn()
    this.#y -= step
    this.#page.drawText(text, { x, y: this.#y, size: style.size, font: style.font, color: style.color ?? ink })
  }

  #row(cells: readonly string[], widths: readonly number[], font: PDFFont): void {
    const step = size * leading
    const columns = cells.map((cell, index) => this.#lines(cell, { font, size }, (widths[index] ?? 0) - gap))
    const lines = Math.max(1, ...columns.map(({ length }) => length))
    if (this.#y - lines * step < margin && lines * step < height - 2 * margin) this.#page = this.#turn()
    for (let line = 0; line < lines; line++) {
      if (this.#y - step < margin) this.#page = this.#turn()
      this.#y -= step
      let x = margin
      for (const [index, column] of columns.entries()) {
        this.#page.drawText(column[line] ?? "", { x, y: this.#y, size, font, color: ink })
        x += widths[index] ?? 0
      }
    }
    const y = this.#y - 3
    this.#page.drawLine({ start: { x: margin, y }, end: { x: width - margin, y }, thickness: 0.4, color: grey })
    this.#y -= 2
  }

  #lines(text: string, { font, size: points }: Style, room: number): string[] {
    return wrapped(this.#writable(text), room, (part) => font.widthOfTextAtSize(part, points))
  }

  /** As wide as what is in them, shared out fairly where that is more than there is. */
  #columnWidths(columns: readonly string[], rows: readonly (readonly string[])[]): number[] {
    const measure = (text: string): number => this.#fonts.bold.widthOfTextAtSize(this.#writable(text), size)
    const widest = (texts: readonly string[]): number => Math.ceil(Math.max(0, ...texts.map(measure)))
    const wanted = columns.map((column, index) =>
      Math.min(260, gap + widest([column, ...rows.map((row) => row[index] ?? "")])),
    )
    const least = columns.map((column) => gap + widest(column.split(" ")))
    const sum = wanted.reduce((total, one) => total + one, 0)
    if (sum <= inner) return wanted
    const spare = inner - least.reduce((total, one) => total + one, 0)
    const more = wanted.map((one, index) => one - (least[index] ?? 0))
    const moreSum = more.reduce((total, one) => total + one, 0)
    return more.map((one, index) => (least[index] ?? 0) + (one * spare) / moreSum)
  }
}
