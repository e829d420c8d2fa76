export interface Forms {
  one: string
  other: string
}

/** Words with a number before them, as a language writes both: `1 person`, `1,204 people`. */
export function counter(locale: string): (n: number, forms: Forms) => string {
  // Made by the first number that is told: browsers take a tenth of a second for it on a slow machine, and texts are loaded before anything is seen.
  let rules: Intl.PluralRules | null = null
  let numbers: Intl.NumberFormat | null = null
  return (n, { one, other }) => {
    rules ??= new Intl.PluralRules(locale)
    numbers ??= new Intl.NumberFormat(locale)
    return `${numbers.format(n)} ${rules.select(n) === 'one' ? one : other}`
  }
}
