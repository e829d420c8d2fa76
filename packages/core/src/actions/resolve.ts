import { KamihiError } from '../errors.ts'
import type { ActionDefinition, ActionRuntime } from './action.ts'

const commandForm = /^[a-z0-9_]{1,32}$/
const nameForm = /^[\w-]{1,64}$/

/**
 * Checks a declaration and fills in what it leaves out. Commands that Telegram would refuse are dropped with a warning.
 * @throws KamihiError `invalid_action`
 */
export function resolveAction(
  definition: unknown,
  fallbackName: string | null,
  file: string | null,
  warn: (text: string) => void,
): ActionRuntime {
  if (!isDefinition(definition))
    throw new KamihiError(
      'invalid_action',
      'It exports no action: write `export default defineAction({ run() { … } })`.',
    )
  const name = definition.name ?? fallbackName
  if (!name || !nameForm.test(name))
    throw new KamihiError(
      'invalid_action',
      `Its name is ${JSON.stringify(name)}; use 1 to 64 letters, digits, - and _.`,
    )
  const commands = [...new Set(definition.commands ?? [name.toLowerCase().replaceAll('-', '_')])].filter(
    (command) => {
      const fits = commandForm.test(command)
      if (!fits)
        warn(
          `Command '${command}' was discarded: must be 1-32 chars of lowercase letters, digits and underscores`,
        )
      return fits
    },
  )
  if (commands.length === 0) throw new KamihiError('invalid_action', 'No valid commands were given')
  const questions = Object.entries(definition.args ?? {})
  return {
    name,
    commands,
    description: definition.description ?? null,
    questions,
    argsSchema: schemaOf(questions),
    idempotent: definition.idempotent ?? false,
    file,
    run: (context) => definition.run(context),
  }
}

function isDefinition(value: unknown): value is ActionDefinition {
  return typeof value === 'object' && value !== null && typeof (value as ActionDefinition).run === 'function'
}

function schemaOf(questions: ActionRuntime['questions']): Record<string, unknown> {
  const properties = Object.fromEntries(questions.map(([name, question]) => [name, question.schema]))
  const required = questions
    .filter(([, question]) => !question.optional && question.default === undefined)
    .map(([name]) => name)
  // Only what is JSON of it: schemas carry symbols of TypeBox.
  return JSON.parse(JSON.stringify({ type: 'object', properties, required })) as Record<string, unknown>
}
