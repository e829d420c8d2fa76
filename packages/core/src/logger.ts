import { createWriteStream } from 'node:fs'
import { type LoggerOptions, multistream, type Logger as PinoLogger, pino, stdTimeFunctions } from 'pino'
import type { Config } from './config/schema.ts'
import { redact, redactValue } from './redact.ts'

/** The levels of Kamihi's logs; `success` is between info and warning. */
export const levels = {
  trace: 10,
  debug: 20,
  info: 30,
  success: 35,
  warning: 40,
  error: 50,
  critical: 60,
} as const
export type LevelName = keyof typeof levels

type Log = (fields: object | string, message?: string) => void

/** What Kamihi writes its logs to, and what an action gets. */
export interface Logger extends Record<LevelName, Log> {
  child(fields: Record<string, unknown>): Logger
}

type Sink = { write(line: string): void }

/** A logger with the sinks of the configuration; secrets never reach a sink. */
export function createLogger(log: Config['log'], output: { stdout: Sink; stderr: Sink } = process): Logger {
  const sinks = [
    { on: log.stdoutEnable, level: log.stdoutLevel, json: log.stdoutSerialize, to: output.stdout },
    { on: log.stderrEnable, level: log.stderrLevel, json: log.stderrSerialize, to: output.stderr },
    ...(log.fileEnable
      ? [
          {
            on: true,
            level: log.fileLevel,
            json: log.fileSerialize,
            to: createWriteStream(log.filePath, { flags: 'a', mode: 0o600 }),
          },
        ]
      : []),
  ]
  const streams = sinks
    .filter((sink) => sink.on)
    .map(({ level, json, to }) => ({
      level: levels[nameOf(level)],
      stream: { write: (line: string) => to.write(json ? line : textLine(line)) },
    }))
  return wrap(pino(options, multistream(streams as never)) as unknown as PinoLogger<LevelName>)
}

/** A logger that says nothing, for tests. */
export const silentLogger = (): Logger =>
  wrap(pino({ ...options, level: 'critical', enabled: false }) as unknown as PinoLogger<LevelName>)

const options: LoggerOptions<LevelName> = {
  level: 'trace',
  customLevels: levels,
  useOnlyCustomLevels: true,
  base: null,
  timestamp: stdTimeFunctions.isoTime,
  formatters: { log: (fields) => redactValue(fields) as Record<string, unknown> },
}

function wrap(inner: PinoLogger<LevelName>): Logger {
  const log =
    (level: LevelName): Log =>
    (fields, message) =>
      typeof fields === 'string' ? inner[level](redact(fields)) : inner[level](fields, redact(message ?? ''))
  const methods = Object.fromEntries(
    (Object.keys(levels) as LevelName[]).map((level) => [level, log(level)]),
  ) as Record<LevelName, Log>
  const child = (fields: object) => wrap(inner.child(redactValue(fields) as object) as PinoLogger<LevelName>)
  return { ...methods, child }
}

const nameOf = (level: string) => level.toLowerCase() as LevelName

/** `2026-11-24 at 08:00:00 | INFO     | message key=value`: one record one line, whatever is in it. */
export function textLine(line: string): string {
  const { level, time, msg, ...fields } = JSON.parse(line) as { level: number; time: string; msg?: string }
  const name = (Object.entries(levels).find(([, value]) => value === level)?.[0] ?? 'info').toUpperCase()
  const bound = Object.entries(fields).map(
    ([key, value]) => ` ${key}=${typeof value === 'string' ? `'${value}'` : JSON.stringify(value)}`,
  )
  return `${escapeControls(`${time.slice(0, 10)} at ${time.slice(11, 19)} | ${name.padEnd(8)} | ${msg ?? ''}${bound.join('')}`)}\n`
}

/** Control and direction characters could forge lines or hide text. */
export const escapeControls = (text: string) =>
  text.replace(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
