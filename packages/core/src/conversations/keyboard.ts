import type { AnswerContext, Question } from '../questions/question.ts'

const prefix = 'k:'

/** The keyboard of a question, laid out in its columns; undefined where answers are typed. */
export function keyboardOf(question: Question<unknown>, context: AnswerContext): unknown {
  const labels = question.options(context)?.map((option) => option.label)
  if (!labels || question.replyType === 'text') return undefined
  if (question.replyType === 'keyboard') {
    return {
      keyboard: rows(
        labels.map((text) => ({ text })),
        question.columns,
      ),
      one_time_keyboard: true,
      resize_keyboard: true,
    }
  }
  // The position is short enough for the 64 bytes that Telegram allows, whatever the label is.
  return {
    inline_keyboard: rows(
      labels.map((text, index) => ({ text, callback_data: `${prefix}${index}` })),
      question.columns,
    ),
  }
}

/** Whether a button may be of a question; what actions send has other data. */
export const isOfQuestion = (data: string): boolean => data.startsWith(prefix)

/** The label behind a pressed button, or null for data that no button of this question has. */
export function labelOfPress(
  question: Question<unknown>,
  data: string,
  context: AnswerContext,
): string | null {
  const index = new RegExp(`^${prefix}(\\d{1,3})$`).exec(data)?.[1]
  return index === undefined ? null : (question.options(context)?.[Number(index)]?.label ?? null)
}

function rows<T>(items: T[], columns: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / columns) }, (_, row) =>
    items.slice(row * columns, (row + 1) * columns),
  )
}
