import { CfnBudget } from 'aws-cdk-lib/aws-budgets'
import { Construct } from 'constructs'
import type { Stage } from './constructs/stage.ts'

/** Our word for it is an alarm. */
const AWS_CALLS_IT = 'notification'

/**
 * Tells the people on call by e-mail what the account costs, most of which is text messages: at four fifths of the
 * stage's budget, and when by its end the month will have cost more than all of it. AWS counts some hours late.
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
