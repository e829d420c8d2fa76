import { failureMessages } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { reasonText } from '../../../src/lib/runs/failureText.ts'
import { es } from '../../../src/texts/es/index.ts'
import * as en from '../../../src/texts/index.ts'

describe('the reason why somebody did not get it', () => {
  it.each([
    ['action_error', 'no weather', 'Error in the action: no weather', 'Error en la acción: no weather'],
    ['blocked', '', 'Blocked the bot', 'Ha bloqueado el bot'],
    ['timeout', 'stopped', 'The action was stopped because it took too long.', es.why.failureClasses.timeout],
    [
      'user_removed',
      failureMessages.user_removed,
      failureMessages.user_removed,
      es.why.failures.user_removed,
    ],
    ['of_tomorrow', 'who knows', 'who knows', 'who knows'],
    ['of_tomorrow', '', 'of_tomorrow', 'of_tomorrow'],
  ])('%s with "%s" reads %s', (name, message, english, spanish) => {
    expect(reasonText({ class: name, message }, en)).toBe(english)
    expect(reasonText({ class: name, message }, es)).toBe(spanish)
  })
})
