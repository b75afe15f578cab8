/** Containers (divisions) on the wire, in the recorded member order. */
import { type Static, Type } from 'typebox';
import { id, oneOf, optional } from './fields.ts';

const containerFields = {
  id: id('Container id.'),
  public_id: Type.String({ description: 'Public identifier.' }),
  name: Type.String(),
  description: optional(Type.String()),
  parent_id: Type.Integer({ minimum: 0, description: 'Id of its parent; 0 for the root.' }),
  template_id: Type.Integer({ description: 'Template it was made from; 5 for a root.' }),
  ekey: Type.String({ description: 'Enrolment key.' }),
  has_logo: Type.Boolean(),
  is_active: Type.Boolean(),
};

/** A container as it is embedded in a user. */
export const EmbeddedContainer = Type.Object(containerFields);
export type EmbeddedContainer = Static<typeof EmbeddedContainer>;

export const Container = Type.Object({
  ...containerFields,
  user_id_assignments: optional(
    Type.Array(Type.String(), { description: 'Users assigned to it.' }),
  ),
  allowed_domain_names: optional(Type.Array(Type.String())),
  organization_assignments: optional(
    Type.Array(
      Type.Object({
        id: id('Organization id.'),
        status: oneOf(['active', 'inactive'] as const, 'Organization status.'),
        name: Type.String(),
        display_name: Type.String(),
        is_active: oneOf(['1', '0'] as const, 'Here a string, as the documents print it.'),
      }),
    ),
  ),
});
export type Container = Static<typeof Container>;

export const ContainerList = Type.Object({ containers: Type.Array(Container) });
export type ContainerList = Static<typeof ContainerList>;
