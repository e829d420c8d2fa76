import { fieldIssue } from '@kamihi/contracts'
import { expect, it } from 'vitest'
import { ApiProblem, problemBody } from '../../src/refusals/problem.ts'

const errors = [fieldIssue('/timezone', { kind: 'timezone', given: 'Mars' })]

it('a refusal of fields says in a list of many what is wrong with them', () => {
  expect(new ApiProblem('invalid_timezone', { errors }).message).toBe(errors[0]?.message)
  expect(new ApiProblem('invalid_timezone').message).toBe('Unknown time zone.')
})

it('the body of a refusal of fields leaves the words to the fields', () => {
  expect(problemBody('invalid_timezone', { errors }, 'r1')).not.toHaveProperty('detail')
})
