/** The time of now, shared by everything that counts down; moves once a second. */
class Clock {
  now = $state(Date.now())
  constructor() {
    setInterval(() => {
      if (!document.hidden) this.now = Date.now()
    }, 1000)
  }
}

export const clock = new Clock()
