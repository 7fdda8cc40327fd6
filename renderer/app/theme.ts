import {
  createTheme,
  type MantineColorsTuple,
  type ModalProps,
  type PasswordInputProps,
  type SelectProps,
  type TextInputProps,
  type TooltipProps,
} from "@mantine/core"

const teal: MantineColorsTuple = [
  "#e9f7f6",
  "#d5ebe9",
  "#a8d7d3",
  "#78c1bb",
  "#52aea8",
  "#3aa39c",
  "#1f7a74",
  "#1c6f6a",
  "#145f5a",
  "#084f4b",
]

const dark: MantineColorsTuple = [
  "#d3d9de",
  "#b4bcc3",
  "#8f99a2",
  "#6b757e",
  "#444c54",
  "#363d44",
  "#262b31",
  "#1c2025",
  "#171a1e",
  "#121417",
]
const yellow: MantineColorsTuple = [
  "#fff8e1",
  "#fbeec4",
  "#f5dd91",
  "#eecb5b",
  "#e8bb30",
  "#d9a514",
  "#b5860b",
  "#8f6a08",
  "#735406",
  "#5e4404",
]
const orange: MantineColorsTuple = [
  "#fff1e6",
  "#fde0c9",
  "#f9c199",
  "#f4a066",
  "#ef833d",
  "#dd6b20",
  "#b95614",
  "#98450f",
  "#7d380b",
  "#662d08",
]

/** Calm and dense; the system's own typeface. */
export const theme = createTheme({
  primaryColor: "claviger",
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  colors: { claviger: teal, dark, yellow, orange },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, Cantarell, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace',
  defaultRadius: "md",
  cursorType: "pointer",
  headings: { fontWeight: "600" },
  // By their names: the components themselves would all have to be there before the first screen shows.
  components: {
    // It would write a style element that the page's policy refuses; the app's own panes scroll anyway.
    Modal: startsWith<ModalProps>({
      lockScroll: false,
      // A click beside it, the second of two on the button that opened it, would lose what is half typed.
      closeOnClickOutside: false,
      centered: true,
      radius: "lg",
      transitionProps: { duration: 0 },
    }),
    Select: startsWith<SelectProps>({ allowDeselect: false, checkIconPosition: "right" }),
    TextInput: startsWith<TextInputProps>({ autoComplete: "off", spellCheck: false }),
    PasswordInput: startsWith<PasswordInputProps>({ autoComplete: "off" }),
    Tooltip: startsWith<TooltipProps>({ openDelay: 400 }),
  },
})

function startsWith<Props>(defaultProps: Partial<Props>): { readonly defaultProps: Partial<Props> } {
  return { defaultProps }
}
