import { describe, expect, it } from 'vitest'
import { keyOfField, mostFields, profileFields, profileText } from '../../../src/lib/people/profileFields.ts'

describe('the fields of profiles', () => {
  it('are those of anybody on the page, each once and by name', () => {
    const users = [{ profile: { town: 'Vigo' } }, { profile: {} }, { profile: { age: 3, town: null } }]
    expect(profileFields(users, [])).toEqual(['age', 'town'])
  })

  it('stay where somebody asked for them, also on a page on which nobody has them', () => {
    expect(profileFields([], [keyOfField('home town'), 'lag', 'profile.%'])).toEqual(['home town'])
  })

  it('are not more than a table holds, and those that were asked for are among them', () => {
    const profile = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`field ${n}`, n]))
    const found = profileFields([{ profile }], [keyOfField('zone')])
    expect(found).toHaveLength(mostFields)
    expect(found).toContain('zone')
  })

  it('are text, whatever they hold', () => {
    expect(['Vigo', 3, false, null, ['a']].map(profileText)).toEqual(['Vigo', '3', 'false', '', '["a"]'])
  })
})
