import type { WrittenDocument } from "../domain/written-document.ts"

/** Its library is loaded when somebody asks for a document. */
export async function writePdf(document: WrittenDocument): Promise<Uint8Array<ArrayBuffer>> {
  const { pdfOf } = await import("../documents/pdf.ts")
  return await pdfOf(document)
}
