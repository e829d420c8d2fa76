import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStreamParser, type StreamMessage } from '../../../src/lib/live/sse.ts'

const stream = 'id: 7\nevent: change\ndata: {"a":1}\n\n: heartbeat\n\ndata: one\r\ndata: two\r\n\r\ndata'
const messages: StreamMessage[] = [
  { id: '7', event: 'change', data: '{"a":1}' },
  { id: null, event: 'message', data: 'one\ntwo' },
]

describe('an event stream', () => {
  it('gives the messages that are complete, without heartbeats', () => {
    expect(createStreamParser()(stream)).toEqual(messages)
  })

  it('gives the same messages however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: stream.length }), { maxLength: 8 }), (cuts) => {
        const parse = createStreamParser()
        const at = [0, ...cuts.sort((a, b) => a - b), stream.length]
        const seen = at.slice(1).flatMap((end, index) => parse(stream.slice(at[index], end)))
        expect(seen).toEqual(messages)
      }),
    )
  })
})
