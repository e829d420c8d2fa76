import { idsOfSize } from '../../world/fileStore.ts'
import { badRequest } from '../answer.ts'
import { mostBytes } from '../input/inputFile.ts'
import { method } from '../method.ts'
import { text } from '../params.ts'

export const fileMethods = [
  method('getFile', { file_id: text }, (world, params) => {
    const { file_id: id } = params
    if (!id) throw badRequest('file_id not specified')
    const file = world.files.find(id)
    const ids = idsOfSize(id)
    if (!file || !ids) throw badRequest('invalid file_id')
    if (file.bytes.length > mostBytes.download) throw badRequest('file is too big')
    return {
      ...ids,
      file_size: file.bytes.length,
      file_path: file.path,
    }
  }),
]
