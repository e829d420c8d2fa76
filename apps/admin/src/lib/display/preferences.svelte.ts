/** What somebody chose for this device; kept by the browser, never sent. */
const kinds = {
  theme: ['system', 'light', 'dark'],
  language: ['system', 'en', 'es'],
  /** Whose time is shown where a job's own zone is not meant. */
  zone: ['mine', 'bot', 'utc'],
  clock: ['system', '12', '24'],
  density: ['comfortable', 'compact'],
  shortcuts: ['on', 'off'],
  /** Whether the rail shows words beside its icons, where there is room. */
  rail: ['wide', 'narrow'],
  /** The card on the first page that tells what a new bot needs. */
  firstSteps: ['shown', 'hidden'],
} as const

type Kinds = typeof kinds
export type Preference = keyof Kinds
export type Choice<P extends Preference> = Kinds[P][number]
type Preferences = { [P in Preference]: Choice<P> }

const keyOf = (name: Preference) => `kamihi.${name}`

function stored<P extends Preference>(name: P): Choice<P> {
  const known: readonly string[] = kinds[name]
  const value = localStorage.getItem(keyOf(name))
  return (value !== null && known.includes(value) ? value : kinds[name][0]) as Choice<P>
}

const current = $state<Preferences>({
  theme: stored('theme'),
  language: stored('language'),
  zone: stored('zone'),
  clock: stored('clock'),
  density: stored('density'),
  shortcuts: stored('shortcuts'),
  rail: stored('rail'),
  firstSteps: stored('firstSteps'),
})

/** The choices of this device, as they are now. */
export const preferences: Readonly<Preferences> = current

/** What can be chosen for a preference; the first is what holds until somebody chooses. */
export const choicesOf = <P extends Preference>(name: P): Kinds[P] => kinds[name]

/** Takes a choice over and remembers it. */
export function choose<P extends Preference>(name: P, choice: Choice<P>): void {
  ;(current as Record<Preference, string>)[name] = choice
  if (choice === kinds[name][0]) localStorage.removeItem(keyOf(name))
  else localStorage.setItem(keyOf(name), choice)
}
