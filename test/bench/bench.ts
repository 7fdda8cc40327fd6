// Measures the goals of performance and prints one table: bench.ts [--quick] [GOAL…], for example bench.ts P4 P14
import { logFigures } from "./audit-verify.ts"
import { generateFigures } from "./batch-generate.ts"
import { loopFigures } from "./event-loop.ts"
import { type Figure, verdictOf } from "./figure.ts"
import { fileFigures } from "./file-encryption.ts"
import { growthFigures } from "./growth.ts"
import { healthFigures } from "./health-figures.ts"
import { rotationFigures } from "./keyring-rotation.ts"
import { Lab } from "./lab.ts"
import { addFigures, listFigures, memoryFigures } from "./list-and-add.ts"
import { searchFigures } from "./search-and-sort.ts"
import { fullSizes, quickSizes } from "./sizes.ts"
import { startFigures } from "./start.ts"
import { tableOf } from "./table.ts"
import { tokenFigures } from "./token-signing.ts"
import { unlockFigures } from "./unlock.ts"

type MeasureGoal = (lab: Lab) => Figure[] | Promise<Figure[]>

const goals = new Map<string, MeasureGoal>([
  ["P1", listFigures],
  ["P2", addFigures],
  ["P3", memoryFigures],
  ["P4", generateFigures],
  ["P5", rotationFigures],
  ["P6", logFigures],
  ["P7", searchFigures],
  ["P8", unlockFigures],
  ["P10", fileFigures],
  ["P11", tokenFigures],
  ["P13", loopFigures],
  ["P14", startFigures],
  ["P15", growthFigures],
  ["P16", healthFigures],
])

/** The figures of a goal; measured once more where one is missed, since what disturbed it may be over. */
async function figuresOf(lab: Lab, id: string, measure: MeasureGoal): Promise<readonly Figure[]> {
  console.error(`▸ measuring ${id}`)
  const figures = await measure(lab)
  if (lab.sizes.isQuick || !figures.some(isMissed)) return figures
  console.error(`▸ measuring ${id} once more`)
  return measure(lab)
}

function isMissed(figure: Figure): boolean {
  return verdictOf(figure) === "no"
}

async function bench(words: readonly string[]): Promise<number> {
  const sizes = words.includes("--quick") ? quickSizes : fullSizes
  const asked = words.filter((word) => word !== "--quick")
  const unknown = asked.filter((id) => !goals.has(id))
  if (unknown.length > 0) {
    console.error(`no such goal: ${unknown.join(", ")}. There are: ${[...goals.keys()].join(", ")}`)
    return 2
  }
  using lab = new Lab(sizes)
  const measured = []
  for (const [id, measure] of goals) {
    if (asked.length === 0 || asked.includes(id)) measured.push({ id, figures: await figuresOf(lab, id, measure) })
  }
  console.log(tableOf(measured))
  if (sizes.isQuick) return 0
  return measured.some(({ figures }) => figures.some(isMissed)) ? 1 : 0
}

process.exitCode = await bench(process.argv.slice(2))
