import { z } from "zod"
import { type FailureCode, failures } from "./failure.ts"

const isFailureCode = (code: unknown): boolean => typeof code === "string" && Object.hasOwn(failures, code)

/** A code of the table, where one is told of as data. */
export const FailureCodeText = z.custom<FailureCode>(isFailureCode)
