/** Reports as their providers' documentation shows them, with invented people. */

const MESSAGE = 'order_O-1_message_0123456789abcdef01234567'

/** An event of SES event publishing; `detail` is what stands beside the mail. */
export function sesEvent(eventType: string, detail: object, messageId: string | undefined = MESSAGE) {
  return {
    eventType,
    mail: {
      timestamp: '2026-03-08T14:00:01.012Z',
      source: 'Throughcare <notices@throughcare.example.org>',
      messageId: 'EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000',
      destination: ['c-person@example.com'],
      headers: [{ name: 'To', value: 'c-person@example.com' }],
      tags: {
        'ses:configuration-set': ['throughcare'],
        ...(messageId === '' ? {} : { notice: [messageId] }),
      },
    },
    ...detail,
  }
}

export const delivery = (at = '2026-03-08T14:00:04.200Z') => ({
  delivery: { timestamp: at, recipients: ['c-person@example.com'], smtpResponse: '250 ok' },
})

export const bounce = (bounceType = 'Permanent', at = '2026-03-08T14:00:05.000Z') => ({
  bounce: {
    bounceType,
    bounceSubType: 'General',
    bouncedRecipients: [{ emailAddress: 'c-person@example.com', diagnosticCode: 'smtp; 550 5.1.1 unknown' }],
    timestamp: at,
    feedbackId: '01000157c44f053b',
  },
})

export const complaint = (complaintFeedbackType?: string, at = '2026-03-08T15:00:00.000Z') => ({
  complaint: {
    complainedRecipients: [{ emailAddress: 'c-person@example.com' }],
    timestamp: at,
    complaintFeedbackType,
  },
})

/** An event of AWS End User Messaging. */
export function textEvent(eventType: string, more: object = {}, messageId: string = MESSAGE) {
  return {
    eventType,
    eventVersion: '1.0',
    eventTimestamp: Date.parse('2026-03-08T14:00:06Z'),
    isFinal: true,
    originationPhoneNumber: 'Thrucare',
    destinationPhoneNumber: '+447700900001',
    messageId: '862a8790-60c0-4430-9b2b-658bdexample',
    messageStatus: eventType.replace('TEXT_', ''),
    context: { notice: messageId },
    ...more,
  }
}

/** A callback of GOV.UK Notify. */
export function callback(status: string, more: object = {}, messageId: string = MESSAGE) {
  return {
    id: '740e5834-3a29-46b4-9a6f-16142fde533a',
    reference: messageId,
    to: '07700 900001',
    status,
    created_at: '2026-03-08T14:00:00.000000Z',
    completed_at: '2026-03-08T14:00:07.000000Z',
    sent_at: '2026-03-08T14:00:02.000000Z',
    notification_type: 'sms',
    template_id: 'f33517ff-2a88-4f6e-b855-c550268ce08a',
    template_version: 1,
    ...more,
  }
}

/** A complaint as GOV.UK Notify passes it on. */
export function notifyComplaint(reference: string | null = MESSAGE) {
  return {
    notification_id: '740e5834-3a29-46b4-9a6f-16142fde533a',
    complaint_id: 'f33517ff-2a88-4f6e-b855-c550268ce08a',
    reference,
    to: 'c-person@example.com',
    complaint_date: '2026-03-08T15:00:00.000000Z',
  }
}

/** As a topic of SNS hands it to a queue. */
export function bySns(report: unknown) {
  const Message = typeof report === 'string' ? report : JSON.stringify(report)
  return { Type: 'Notification', MessageId: '2c1f', TopicArn: 'arn:aws:sns:eu-west-2:0:receipts', Message }
}

/** As a rule of EventBridge hands it to a queue. */
export function byEventBridge(detail: unknown) {
  return { version: '0', id: '5c0f', 'detail-type': 'Email Bounced', source: 'aws.ses', detail }
}
