import { CfnBudget } from 'aws-cdk-lib/aws-budgets'
import { Construct } from 'constructs'
import type { Stage } from './constructs/stage.ts'

/** Elsewhere in the service this is called an alarm. */
const AWS_CALLS_IT = 'notification'

/**
 * E-mails the people on call about the account's cost, most of which is text messages: at 80% of the stage's budget,
 * and when the forecast for the month exceeds it. AWS's figures are some hours old.
 */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, { budget, onCall }: Stage) {
    super(scope, id)
    const telling = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      [AWS_CALLS_IT]: { notificationType, threshold, comparisonOperator: 'GREATER_THAN' },
      subscribers: [{ subscriptionType: 'EMAIL', address: onCall.warning.email }],
    })
    new CfnBudget(this, 'Month', {
      budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: budget, unit: 'USD' } },
      notificationsWithSubscribers: [telling('ACTUAL', 80), telling('FORECASTED', 100)],
    })
  }
}
