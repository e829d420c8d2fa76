import { closing } from './browser.ts'

closing.beforeAll(({ end }) => void end)
