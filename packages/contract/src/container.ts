/** Containers (divisions) on the wire, in the recorded member order. */
import { type Static, Type } from 'typebox';
import { email, id, oneOf, optional, text, textOrNumber, time } from './fields.ts';
import { AccessRole, AccessRolesRequest } from './roles.ts';

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

/** The most ids that one request assigns. */
const ASSIGNMENTS_MAX = 10_000;

const allowedDomainNames = optional(
  Type.Array(text(255, 'A domain name.'), {
    maxItems: 1000,
    description: 'Domain names that the container may order for; none for all.',
  }),
);

export const ContainerCreateRequest = Type.Object({
  name: text(255, 'Name of the container.'),
  description: optional(text(255, 'What it is for.')),
  template_id: id('The template to make it from, see "List templates".'),
  allowed_domain_names: allowedDomainNames,
  user: optional(
    Type.Object(
      {
        username: optional(
          text(255, 'Name to sign in with; the email address where none is given.'),
        ),
        first_name: text(128, 'First name.'),
        last_name: text(128, 'Last name.'),
        email: email('Email address.'),
        job_title: optional(text(64, 'Job title.')),
        telephone: optional(textOrNumber(64, 'Telephone number.')),
        access_roles: AccessRolesRequest,
      },
      { description: 'The first user of the container, who is restricted to it.' },
    ),
  ),
});
export type ContainerCreateRequest = Static<typeof ContainerCreateRequest>;

export const ContainerEditRequest = Type.Object({
  name: text(255, 'Name of the container.'),
  description: optional(text(255, 'What it is for; cleared where it is left out.')),
  ekey: optional(text(64, 'Enrolment key; stays where it is left out.')),
  allowed_domain_names: allowedDomainNames,
});
export type ContainerEditRequest = Static<typeof ContainerEditRequest>;

/** An id as clients send it: a number, or its digits. */
const idAsText = textOrNumber(16, 'An id.');

export const OrganizationAssignmentsRequest = Type.Object({
  organization_id_assignments: Type.Array(idAsText, {
    maxItems: ASSIGNMENTS_MAX,
    description: 'All organizations of the container from now on; none to clear them.',
  }),
});

export const UserAssignmentsRequest = Type.Object({
  user_id_assignments: Type.Array(idAsText, {
    maxItems: ASSIGNMENTS_MAX,
    description: 'All users of the container from now on; none to clear them.',
  }),
});

export const ContainerAssignmentsRequest = Type.Object({
  container_id_assignments: Type.Array(idAsText, {
    maxItems: ASSIGNMENTS_MAX,
    description: 'The containers that the user is restricted to from now on; none for all.',
  }),
});

const templateFields = {
  id: id('Template id.'),
  name: Type.String(),
  date_created: time('When the template was made.'),
};

export const ContainerTemplateList = Type.Object({
  container_templates: Type.Array(Type.Object(templateFields)),
});
export type ContainerTemplateList = Static<typeof ContainerTemplateList>;

export const ContainerTemplate = Type.Object({
  ...templateFields,
  access_roles: Type.Array(AccessRole),
});
export type ContainerTemplate = Static<typeof ContainerTemplate>;

export const ContainerRoleList = Type.Object({ access_roles: Type.Array(AccessRole) });
export type ContainerRoleList = Static<typeof ContainerRoleList>;

/** The templates that there are: one for roots, one for what is below. */
export const CONTAINER_TEMPLATES = [
  { id: 5, name: 'Company', date_created: '2015-09-08T20:34:55+00:00' },
  { id: 6, name: 'Business Unit', date_created: '2015-09-08T20:34:55+00:00' },
] as const;
