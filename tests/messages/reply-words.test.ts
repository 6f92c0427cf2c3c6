import { describe, expect, test } from 'vitest'
import { readReply } from '../../shared/messages/reply-words.ts'

const is = (body: string) => {
  const reply = readReply(body)
  return 'letter' in reply ? `${reply.letter} ${reply.is}` : reply.is
}

describe('a wish is read generously, in English and Welsh', () => {
  test.each([
    ...['STOP', '  stop. ', 'Stop!!!', 'STOP STOP STOP', 'ＳＴＯＰ', 'stop please', 'please stop texting me'],
    ...[
      'Stop. Thank you',
      'Stop it',
      'Can you stop sending me texts?',
      'I want to stop these messages',
      'STOPALL',
    ],
    ...[
      'stop all messages',
      'Stop texting this number',
      'QUIT',
      'End',
      'CANCEL',
      'cancel these texts',
      'Unsubscribe',
    ],
    ...['unsubscribe me from this list', 'OPT OUT', 'opt-out please', 'REMOVE ME', 'Please remove my number'],
    ...['take me off your list', 'Don’t text me again', 'Do not contact me', "don't send me any more texts"],
    ...[
      'No more texts thanks',
      'leave me alone',
      'STOPIWCH',
      'stopiwch os gwelwch yn dda',
      'Stopio',
      'Peidiwch',
    ],
    ...[
      'Peidiwch â thecstio',
      'peidiwch ag anfon negeseuon ataf',
      'Dim mwy o negeseuon',
      'Diwedd',
      'optio allan',
    ],
  ])('%j stops', (body) => expect(is(body)).toBe('stop'))

  test.each([
    ...[
      'can we stop by at nine?',
      'stop by at nine',
      'I want to stop drinking',
      'stop me',
      'end me',
      'END IT ALL',
    ],
    ...[
      'cancel my appointment',
      'Cancel Tuesday please',
      'the bus does not stop there',
      'bus stop',
      'stopped',
      '',
    ],
    ...[
      'I can’t come, I am in hospital',
      'yes but late',
      'no idea',
      '12',
      'car broken down',
      'ok',
      'Thank you',
      '👍',
    ],
    ...['STOP B', 'when does it start', 'not me, my brother'],
  ])('%j stops nothing and answers nothing', (body) => expect(is(body)).toBe('something-else'))

  test.each([
    'START',
    'start again please',
    'unstop',
    'Restart',
    'opt in',
    'DECHRAU',
    'dechrau eto',
    'Ailddechrau',
  ])('%j begins again', (body) => expect(is(body)).toBe('start'))

  test.each(['Not me', 'this is not me', 'wrong number', 'nid  fi', 'Rhif anghywir'])(
    '%j: not theirs',
    (body) => expect(is(body)).toBe('not-me'),
  )
})

describe('an answer, and the question it names', () => {
  test.each([
    ['1', 'yes'],
    ['Yes.', 'yes'],
    ['Yes. Thank you', 'yes'],
    ['y', 'yes'],
    ['Gallaf, diolch', 'yes'],
    ['2', 'no'],
    ['no sorry', 'no'],
    ['Na allaf', 'no'],
    ['B YES', 'B yes'],
    ['b yes', 'B yes'],
    ['Yes B', 'B yes'],
    ['yes to b', 'B yes'],
    ['B: No!', 'B no'],
    ['NA B', 'B no'],
    ['B GALLAF', 'B yes'],
    ['A 1', 'A yes'],
  ])('%j: %s', (body, answer) => expect(is(body)).toBe(answer))
})

describe('words that must not wait are found anywhere, in English and Welsh', () => {
  test.each([
    ...[
      'I want to die',
      'im going to kill myself',
      'thinking about suicide tonight',
      'end me',
      "I can't cope anymore",
    ],
    ...[
      'he will kill me if I go',
      'I have taken all my tablets',
      'self-harm',
      'I am not safe',
      'please help me',
    ],
    ...[
      'dw i eisiau marw',
      'Dwi’n meddwl am hunanladdiad',
      'dw i ddim eisiau byw',
      'helpwch fi',
      'niweidio fy hun',
    ],
  ])('%j', (body) => expect(readReply(body)).toEqual({ is: 'something-else', crisis: true }))

  test.each(['I am in hospital', 'bus is late', 'is it at 2?', 'mae’r bws yn hwyr'])('not %j', (body) =>
    expect(readReply(body)).toEqual({ is: 'something-else', crisis: false }),
  )
})
