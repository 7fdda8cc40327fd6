import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { inert } from "../../ui/inert.ts"

type Relations = NonNullable<KeyObject["relations"]>

const box = { width: 118, height: 30 }
const size = { width: 400, row: 46 }
/** More would be a tangle; the list below names all. */
const mostDrawn = 8

/** What bears on the key at the left, the key in the middle, what it bears on at the right. For eyes only: the list says the same. */
export function RelationGraph({ name, relations }: { readonly name: string; readonly relations: Relations }) {
  const sides = (["from", "to"] as const).map((side) =>
    relations.filter(({ direction }) => direction === side).slice(0, mostDrawn),
  )
  const height = Math.max(...sides.map(({ length }) => length), 1) * size.row
  const middle = height / 2
  return (
    <svg className="relation-graph" viewBox={`0 0 ${size.width} ${height}`} aria-hidden="true">
      <defs>
        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 8 4 0 8z" />
        </marker>
      </defs>
      {sides.flatMap((these, side) =>
        these.map((relation, index) => {
          const y = ((index + 0.5) * height) / these.length
          const isLeft = side === 0
          const x = isLeft ? 0 : size.width - box.width
          const inner = isLeft ? box.width : size.width - box.width
          const center = isLeft ? (size.width - box.width) / 2 : (size.width + box.width) / 2
          return (
            <g key={`${relation.kind} ${relation.direction} ${relation.key}`}>
              <line
                x1={isLeft ? inner : center}
                y1={isLeft ? y : middle}
                x2={isLeft ? center : inner}
                y2={isLeft ? middle : y}
                markerEnd="url(#arrow)"
              />
              <Node x={x} y={y} name={relation.key} says={words[relation.direction][relation.kind]} />
            </g>
          )
        }),
      )}
      <g className="is-here">
        <Node x={(size.width - box.width) / 2} y={middle} name={name} />
      </g>
    </svg>
  )
}

/** Of the other key: what it does to this one, or what this one does to it. */
const words = {
  from: { protects: "protects it", wraps: "wraps it", "depends-on": "depends on it" },
  to: { protects: "protected by it", wraps: "wrapped by it", "depends-on": "needed by it" },
} as const

interface NodeProps {
  readonly x: number
  readonly y: number
  readonly name: string
  readonly says?: string
}

function Node({ x, y, name, says }: NodeProps) {
  const center = x + box.width / 2
  return (
    <>
      <rect x={x + 1} y={y - box.height / 2} width={box.width - 2} height={box.height} rx={7} />
      <text x={center} y={says === undefined ? y : y - 5}>
        {short(inert(name))}
      </text>
      {says !== undefined && (
        <text x={center} y={y + 8} className="is-kind">
          {says}
        </text>
      )}
    </>
  )
}

function short(name: string): string {
  const letters = [...name]
  return letters.length <= 17 ? name : `${letters.slice(0, 16).join("")}…`
}
