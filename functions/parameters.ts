import * as z from 'zod'
import { askExtension, type LambdaExtension } from './extension.ts'

const Answer = z.object({ Parameter: z.object({ Value: z.string().min(1) }) })

/** Reads a parameter of Systems Manager by way of Lambda's own extension, as `readSecret` does a secret. */
export async function readParameter(name: string, extension: LambdaExtension): Promise<string> {
  const response = await askExtension('systemsmanager/parameters/get', { name }, extension)
  if (!response.ok) throw new Error(`a parameter could not be read: ${response.status}`)
  return Answer.parse(await response.json()).Parameter.Value
}
