import { type Delivery, deliveryStates } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { canLeaveOut, canSendAgain } from '../../../src/lib/runs/deliveryActions.ts'

const those = (wanted: (state: Delivery['state']) => boolean) => deliveryStates.filter(wanted)

describe('what can be done with one delivery', () => {
  it('is to leave it out while nobody has it in hand', () => {
    expect(those((state) => canLeaveOut({ state }))).toEqual(['pending', 'acted', 'retrying'])
  })

  it('is to send it again once its run has ended without it', () => {
    const run = { state: 'partial', dryRun: false } as const
    expect(those((state) => canSendAgain(run, { state }))).toEqual([
      'no_output',
      'failed',
      'unreachable',
      'cancelled',
      'expired',
      'uncertain',
    ])
    expect(those((state) => canSendAgain({ ...run, state: 'running' }, { state }))).toEqual([])
    expect(those((state) => canSendAgain({ ...run, dryRun: true }, { state }))).toEqual([])
  })
})
