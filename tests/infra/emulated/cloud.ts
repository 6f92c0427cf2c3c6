import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { checkCompliance } from '../../../infra/aws/constructs/compliance.ts'
import type { Stage } from '../../../infra/aws/constructs/stage.ts'
import { Throughcare } from '../../../infra/aws/stack.ts'

export type Resource = {
  readonly Type: string
  // biome-ignore lint/suspicious/noExplicitAny: what CloudFormation makes of a property is for each test to say
  readonly Properties: any
  readonly DeletionPolicy?: string
  // biome-ignore lint/suspicious/noExplicitAny: the same
  readonly UpdatePolicy?: any
}
export type Statement = {
  readonly Effect: string
  readonly Action: string | string[]
  readonly Resource: unknown
  readonly Condition?: unknown
}

const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../cdk.json'), 'utf8'))

/** An app as `cdk synth` has it, but for the bundles. */
export function emptyApp(): App {
  return new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } })
}

/** Stages as they are deployed, reviewed and written out. */
export function writeOut(stages: readonly Stage[]) {
  const app = emptyApp()
  const stacks = stages.map((stage) => ({
    stage,
    stack: new Throughcare(app, `Throughcare-${stage.name}`, stage),
  }))
  checkCompliance(app)
  const assembly = app.synth()
  return stacks.map(({ stage, stack }) => ({
    stage,
    stack,
    resources: new Map<string, Resource>(
      Object.entries(assembly.getStackByName(stack.stackName).template.Resources),
    ),
  }))
}

/** One thing or several, as CloudFormation writes either. */
export function all<T>(one: T | readonly T[]): readonly T[] {
  return Array.isArray(one) ? one : [one as T]
}
