import { errorCodes, healthReasons, occurrenceOutcomes, skipReasons } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { es } from '../src/texts/es/index.ts'
import * as en from '../src/texts/index.ts'

const languages = [
  ['English', en],
  ['Spanish', es],
] as const

describe.each(languages)('what the server answers by code, in %s,', (_, texts) => {
  it.each(Object.keys(errorCodes))('has a text for the refusal %s', (code) => {
    expect(texts.problems[code as keyof typeof errorCodes]).toMatch(/\p{L}.+[.!?]$/u)
  })

  it('has a text for each state of a part of the bot', () => {
    expect(healthReasons.filter((reason) => !texts.settings.status.reasons[reason])).toEqual([])
  })

  it('has a text for what became of a time of a job', () => {
    expect(occurrenceOutcomes.filter((outcome) => !texts.jobs.occurrences.outcomes[outcome])).toEqual([])
    expect(skipReasons.filter((reason) => !texts.states.skip[reason])).toEqual([])
  })
})
