import type { ActionDefinitionRecord } from '@kamihi/store'
import { KamihiError } from '../errors.ts'
import type { Actions, BrokenAction } from '../kamihi.types.ts'
import type { ActionRuntime } from './action.ts'
import { checkArgs } from './checkArgs.ts'
import { resolveAction } from './resolve.ts'

export interface Registry extends Actions {
  add(definition: unknown, fallbackName: string | null, file: string | null): void
  addBroken(action: BrokenAction): void
  byCommand(command: string): ActionRuntime | null
  /** What the store has to know of them. */
  records(): ActionDefinitionRecord[]
}

/** The actions of this process by name and by command; each name and command belongs to one. */
export function createRegistry(warn: (text: string, file: string | null) => void): Registry {
  const byName = new Map<string, ActionRuntime>()
  const byCommand = new Map<string, ActionRuntime>()
  const broken = new Map<string, BrokenAction>()

  const register = (action: ActionRuntime): void => {
    const clash =
      byName.get(action.name) ??
      action.commands.map((command) => byCommand.get(command)).find((other) => other !== undefined)
    if (clash)
      throw new KamihiError(
        'duplicate_action',
        `"${action.name}" (${action.file ?? 'code'}) has a name or command of "${clash.name}" (${clash.file ?? 'code'}).`,
      )
    byName.set(action.name, action)
    for (const command of action.commands) byCommand.set(command, action)
  }

  return {
    add(definition, fallbackName, file) {
      register(resolveAction(definition, fallbackName, file, (text) => warn(text, file)))
    },
    addBroken: (action) => void broken.set(action.name, action),
    get: (name) => byName.get(name) ?? null,
    list: () => [...byName.values()],
    byCommand: (command) => byCommand.get(command.toLowerCase()) ?? null,
    broken: () => [...broken.values()],
    checkArgs(name, args) {
      const action = byName.get(name)
      return action ? checkArgs(action, args) : []
    },
    records: () => [
      ...[...byName.values()].map(({ name, commands, description, argsSchema, idempotent }) => ({
        name,
        commands,
        description,
        argsSchema,
        idempotent,
        error: null,
      })),
      ...[...broken.values()]
        .filter(({ name }) => !byName.has(name))
        .map(({ name, where, message }) => ({
          name,
          commands: [],
          description: null,
          argsSchema: null,
          idempotent: false,
          error: `${where} ${message}`,
        })),
    ],
  }
}
