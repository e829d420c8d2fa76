import { describe, expect, it } from 'vitest'
import { allShown, askedFor, hiddenBy, toggled } from '../../../src/lib/list/columnChoice.ts'

const columns = [{ key: 'name' }, { key: 'roles' }, { key: 'lag', extra: true }, {}]

describe('the columns of a list', () => {
  it('are all shown but the extra ones until somebody chooses', () => {
    expect(hiddenBy(columns, [])).toEqual(['lag'])
  })

  it('are hidden and shown again by the same choice', () => {
    const chosen = toggled(columns, toggled(columns, [], 'roles'), 'lag')
    expect(hiddenBy(columns, chosen)).toEqual(['roles'])
    expect(toggled(columns, toggled(columns, chosen, 'roles'), 'lag')).toEqual([])
  })

  it('that come later are as they usually are, whatever was chosen before', () => {
    const chosen = toggled(columns, [], 'roles')
    expect(hiddenBy([...columns, { key: 'city', extra: true }, { key: 'jobs' }], chosen)).toEqual([
      'roles',
      'lag',
      'city',
    ])
  })

  it('are all shown when asked for, and an extra one that is not there now is remembered', () => {
    const chosen = allShown(columns, ['roles', '+city'])
    expect(hiddenBy(columns, chosen)).toEqual([])
    expect(askedFor(chosen)).toEqual(['city', 'lag'])
  })
})
