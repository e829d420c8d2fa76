import { describe, expect, it } from 'vitest'
import { laneOf } from '../../src/updates/updateKinds.ts'

const chat = { id: -5 }
const from = { id: 7 }
const lane = (content: Record<string, unknown>) => laneOf({ update_id: 1, ...content })

describe('lanes of a webhook', () => {
  it('are shared by what happens to the messages of a chat', () => {
    const lanes = ['message', 'edited_message', 'channel_post'].map((kind) =>
      lane({ [kind]: { chat, from } }),
    )
    expect(new Set(lanes)).toEqual(new Set(['chat:-5']))
  })

  it('are those of the user for what a user presses or types inline, each apart', () => {
    expect(lane({ callback_query: { from, message: { chat } } })).toBe('callback:7')
    expect(lane({ inline_query: { from } })).toBe('inline:7')
  })

  it('go by the member, not by the chat, when somebody joins', () => {
    expect(lane({ chat_member: { chat, new_chat_member: { user: { id: 9 } } } })).toBe('membership:9')
    expect(lane({ chat_join_request: { chat, from: { id: 9 } } })).toBe('membership:9')
    expect(lane({ my_chat_member: { chat, from } })).toBe('own membership:-5')
  })

  it('are one for a poll and the answers to it', () => {
    expect(lane({ poll: { id: '3' } })).toBe(lane({ poll_answer: { poll_id: '3' } }))
  })

  it('are each its own for what has no such id', () => {
    expect([lane({ custom_event: {} }), lane({ message: null })]).toEqual(['update:1', 'update:1'])
  })
})
