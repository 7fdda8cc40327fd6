import type { IconName } from "../ui/icon.tsx"

/** The places of the navigation bar. One that has no screen yet has no entry either. */
export const places = [
  { name: "keys", label: "Keys", icon: "key" },
  { name: "seeds", label: "Seeds", icon: "seed" },
  { name: "tokens", label: "Tokens", icon: "token" },
  { name: "health", label: "Health", icon: "health" },
  { name: "audit", label: "Audit", icon: "log" },
  { name: "backups", label: "Backups", icon: "backup" },
  { name: "settings", label: "Settings", icon: "settings" },
] as const satisfies readonly { name: string; label: string; icon: IconName }[]

export type PlaceName = (typeof places)[number]["name"]

/** What has no entry in the bar is reached from a key, from Health, and by the palette. */
export type ShownPlace = PlaceName | "incidents" | "events"
