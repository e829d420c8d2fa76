/**
 * Named points at which a test may stop the world, to see what a process that is killed there leaves behind. Nothing but a parameter
 * reaches it: no setting and no variable of the environment.
 */
export interface Faults {
  at(point: string): void
}

/** What runs outside of tests. */
export const noFaults: Faults = Object.freeze({ at: () => {} })
