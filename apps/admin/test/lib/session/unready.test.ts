import { expect, it, vi } from 'vitest'
import { unreadyOf } from '../../../src/lib/session/unready.ts'

const control = (validity: Partial<ValidityState>) => ({
  validity: validity as ValidityState,
  checkValidity: vi.fn(() => false),
})

it('finds the controls that say themselves why they cannot be taken, and makes them show it', () => {
  const [fine, empty, unchosen] = [
    control({}),
    control({ valueMissing: true }),
    control({ customError: true }),
  ]
  expect(unreadyOf([fine, empty, unchosen])).toEqual([unchosen])
  expect(unchosen.checkValidity).toHaveBeenCalledOnce()
  expect(empty.checkValidity).not.toHaveBeenCalled()
})
