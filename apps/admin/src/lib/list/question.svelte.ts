/** A question that stands before something is done. `act` does what was asked, and throws when it was refused as a whole. */
export function createQuestion<Asked>(act: (asked: Asked) => Promise<void>) {
  let asked = $state.raw<Asked | null>(null)
  return {
    /** What is asked; null: nothing is. */
    get asked() {
      return asked
    },
    ask: (what: Asked) => {
      asked = what
    },
    close: () => {
      asked = null
    },
    /** Does what was asked. */
    async confirm(): Promise<void> {
      if (asked) await act(asked)
    },
  }
}
