import { MantineProvider } from "@mantine/core"
import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { ErrorBoundary } from "./error-boundary.tsx"
import { Front } from "./front.tsx"
import { theme } from "./theme.ts"

/** Nothing is fetched over a network, so nothing is tried again; and nothing outlives the screen that showed it by long. */
const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, gcTime: 60_000, staleTime: 5000, networkMode: "always" } },
})

/** As main put it into the page: styles written at run time are let through with it. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? ""
}

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce} colorSchemeManager={noMemory}>
      <QueryClientProvider client={queries}>
        <ErrorBoundary>
          <Front />
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  )
}

/** Main knows which appearance was chosen; the page itself keeps nothing. */
const noMemory = {
  get: () => "auto" as const,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
}
