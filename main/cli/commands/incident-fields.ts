import { argument, required, text } from "../field.ts"

export const incident = argument(required(text("ID", "the incident, or the key that it is about")))

export const blastColumns = ["effect", "kind", "name", "count", "how"]
export const stepColumns = ["step", "state", "owner", "dueAt", "does"]
