import { describe } from 'vitest'
import { newFile } from './fixtures.ts'
import { historySuite } from './suite/history.ts'

describe('SQLite: history', () => historySuite(() => newFile().open))
