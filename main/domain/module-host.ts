/** A process that a module runs in, as main sees it. */
export interface HostProcess {
  send(message: unknown): void
  onMessage(listen: (message: unknown) => void): void
  /** Called once, when it ended or could not start. */
  onEnd(listen: (how: string) => void): void
  kill(): void
}

/** Starts a process for a module. @param parameters - what its library is told when it starts */
export type StartHost = (path: string, parameters: string | null) => HostProcess
