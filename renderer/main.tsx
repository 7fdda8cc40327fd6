import "./app/front-styles.css"
import "./ui/ui.css"
import "./features/key-actions/key-actions.css"
import "./features/keys/keys.css"
import "./features/audit/audit.css"
import "./features/backups/backups.css"
import "./features/health/health.css"
import "./features/incident/incident.css"
import "./features/rotation/rotation.css"
import "./features/event/event.css"
import "./app/app.css"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { followLongWork } from "./api/long-work.ts"
import { App } from "./app/app.tsx"
import { FollowLongWork } from "./app/follow-long-work.tsx"

followLongWork()
const root = document.getElementById("root")
if (root === null) throw new Error("index.html has no place for the app")
createRoot(root).render(
  <StrictMode>
    <FollowLongWork>
      <App />
    </FollowLongWork>
  </StrictMode>,
)
