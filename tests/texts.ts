import { catalogue } from '../shared/duties/catalogue.ts'

/** Every text of every row, with whom the row tells: `SP-02 lapsed, to holder`. */
export const ROW_TEXTS = catalogue().flatMap(({ duty, step, to, texts }) =>
  texts.map((template) => ({ name: `${duty} ${step}, to ${to}`, duty, step, to, template })),
)
