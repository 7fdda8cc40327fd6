/** A document for people, before it is one of a format: text as it is, which each format makes inert in its own way. */
export interface WrittenDocument {
  readonly title: string
  /** RFC 3339 UTC. */
  readonly at: string
  readonly blocks: readonly DocumentBlock[]
}

export type DocumentBlock =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  /** Above all else, where nobody overlooks it. */
  | { readonly kind: "notice"; readonly text: string }
  | { readonly kind: "facts"; readonly facts: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: "table"; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
