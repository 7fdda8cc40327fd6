import { prepare } from "./prepare.mjs"
import { main } from "./run.mjs"

await main(async () => {
  await prepare()
  return 0
})
