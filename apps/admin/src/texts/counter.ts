export interface Forms {
  one: string
  other: string
}

/** Words with a number before them, as a language writes both: `1 person`, `1,204 people`. */
export function counter(locale: string): (n: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  return (n, { one, other }) => `${numbers.format(n)} ${rules.select(n) === 'one' ? one : other}`
}
