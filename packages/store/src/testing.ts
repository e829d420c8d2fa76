export { provoke } from './sqlite/guard/provoke.ts'
