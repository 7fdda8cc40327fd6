import { Text } from "@mantine/core"

/** How long it takes until the next try. */
export function NextTry({ waitMs }: { readonly waitMs: number }) {
  if (waitMs === 0) return null
  return (
    <Text size="sm" c="dimmed" role="timer" aria-label="Next try">
      After several wrong tries the next one has to wait: {(waitMs / 1000).toFixed(1)} s
    </Text>
  )
}
