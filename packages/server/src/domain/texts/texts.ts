/** All that people without an account read. A language is one file that has all of it. */
import type { ConfirmationTexts } from './confirmation-texts.ts';
import type { NoticeTexts } from './notice-texts.ts';

export interface Texts extends ConfirmationTexts {
  readonly notices: NoticeTexts;
}
