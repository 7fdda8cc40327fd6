import { Group, Loader, Text } from "@mantine/core"
import { useEffect, useState } from "react"

/** What is being done, and for how long already. */
export function Working({ says }: { readonly says: string }) {
  const [tenths, setTenths] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTenths((before) => before + 1), 100)
    return () => clearInterval(timer)
  }, [])
  return (
    <Group gap={8} role="status">
      <Loader size="xs" />
      <Text size="sm" c="dimmed">
        {says}… {(tenths / 10).toFixed(1)} s
      </Text>
    </Group>
  )
}
