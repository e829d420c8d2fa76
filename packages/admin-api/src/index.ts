export { type AdminApi, type AdminApiOptions, createAdminApi } from './adminApi.ts'
export { type MetricEntry, metricTable } from './monitor/metricTable.ts'
export { openApiDocument } from './openapi/openApi.ts'
export { checkExposure } from './security/exposure.ts'
