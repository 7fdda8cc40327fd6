import { createTheme, type MantineColorsTuple, Modal, PasswordInput, Select, TextInput, Tooltip } from "@mantine/core"

const teal: MantineColorsTuple = [
  "#e9f7f6",
  "#d5ebe9",
  "#a8d7d3",
  "#78c1bb",
  "#52aea8",
  "#3aa39c",
  "#27857f",
  "#1c6f6a",
  "#145f5a",
  "#084f4b",
]

/** Calm and dense; the system's own typeface. */
export const theme = createTheme({
  primaryColor: "claviger",
  primaryShade: { light: 7, dark: 5 },
  autoContrast: true,
  colors: { claviger: teal },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, Cantarell, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace',
  defaultRadius: "md",
  cursorType: "pointer",
  headings: { fontWeight: "600" },
  components: {
    // It would write a style element that the page's policy refuses; the app's own panes scroll anyway.
    Modal: Modal.extend({
      defaultProps: { lockScroll: false, centered: true, radius: "lg", transitionProps: { duration: 0 } },
    }),
    Select: Select.extend({ defaultProps: { allowDeselect: false, checkIconPosition: "right" } }),
    TextInput: TextInput.extend({ defaultProps: { autoComplete: "off", spellCheck: false } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { autoComplete: "off" } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400 } }),
  },
})
