export { type Created, createProject } from './createProject.ts'
