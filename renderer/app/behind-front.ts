import "@mantine/core/styles.layer.css"

export { AboutDialog } from "../features/settings/about-dialog.tsx"
export { CreateVaultScreen } from "../features/welcome/create-vault-screen.tsx"
export { RestoreScreen } from "../features/welcome/restore-screen.tsx"
export { Workplace } from "./workplace.tsx"
