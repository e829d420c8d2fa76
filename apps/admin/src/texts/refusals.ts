export { issues } from './en/issues.ts'
export { problems } from './en/problems.ts'
