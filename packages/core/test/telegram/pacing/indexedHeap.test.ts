import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createIndexedHeap } from '../../../src/telegram/pacing/indexedHeap.ts'

const items = fc.integer({ min: 0, max: 20 })
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('set' as const), item: items, key: fc.integer({ min: -9, max: 9 }) }),
    fc.record({ kind: fc.constant('delete' as const), item: items }),
    fc.record({ kind: fc.constant('take' as const) }),
  ),
  { maxLength: 200, size: 'max' },
)

describe('the heap', () => {
  it('gives the least of what is in it, whatever was added, moved and taken out', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const heap = createIndexedHeap<number>()
        const model = new Map<number, number>()
        for (const step of list) {
          if (step.kind === 'set') {
            heap.set(step.item, step.key)
            model.set(step.item, step.key)
          } else if (step.kind === 'delete') {
            heap.delete(step.item)
            model.delete(step.item)
          }
          const first = heap.first()
          expect(first?.key ?? null).toBe(model.size === 0 ? null : Math.min(...model.values()))
          if (first) expect(model.get(first.item)).toBe(first.key)
          if (step.kind === 'take' && first) {
            heap.delete(first.item)
            model.delete(first.item)
          }
          expect(heap.size()).toBe(model.size)
        }
      }),
    )
  })
})
