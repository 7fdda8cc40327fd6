import type { ReactNode } from "react"
import { useHeardWork } from "../api/long-work.ts"
import { LongWorkContext } from "../ui/long-work.ts"

/** Lets every screen know of the work that goes on in main. */
export function FollowLongWork({ children }: { readonly children: ReactNode }) {
  return <LongWorkContext value={useHeardWork()}>{children}</LongWorkContext>
}
