import { Question } from "./question.ts"

/** The person did not want to type the passphrase again. */
export class NotTypedAgain extends Error {
  constructor() {
    super("Nothing was done: the passphrase was not typed again.")
  }
}

/** For the passphrase again, before what an open vault alone does not allow. */
export const reauthentication = new Question(() => new NotTypedAgain())
