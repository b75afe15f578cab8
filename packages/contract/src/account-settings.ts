/** The settings of an account, which the vendor has only in its console: Orgvet's own endpoint. */
import { type Static, Type } from 'typebox';
import { oneOf, optional } from './fields.ts';

const settings = {
  duplicate_policy: oneOf(
    ['error', 'reuse'] as const,
    'What a create does that matches an existing organization.',
  ),
  allow_non_user_verified_contacts: Type.Boolean({
    description: 'Whether people who are no users may be named as verified contacts.',
  }),
  reminder_days: Type.Array(
    Type.Integer({
      minimum: -365,
      maximum: 365,
      description: 'Days before the end of a validation; negative: after it; 0: when it ends.',
    }),
    {
      maxItems: 20,
      uniqueItems: true,
      description:
        'When organizations are reminded by mail of the ends of their validations; none: never.',
      examples: [[90, 60, 30, 7, 0, -7]],
    },
  ),
};

export const AccountSettings = Type.Object(settings);
export type AccountSettings = Static<typeof AccountSettings>;

export const AccountSettingsRequest = Type.Object({
  duplicate_policy: optional(settings.duplicate_policy),
  allow_non_user_verified_contacts: optional(settings.allow_non_user_verified_contacts),
  reminder_days: optional(settings.reminder_days),
});
export type AccountSettingsRequest = Static<typeof AccountSettingsRequest>;
