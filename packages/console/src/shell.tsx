/** What stands around every page: the navigation, whose account it is, who is signed in. */
import {
  Anchor,
  AppShell,
  Burger,
  Group,
  NativeSelect,
  NavLink,
  Text,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { StatusChip } from './parts/status-chip.tsx';
import type { Place } from './places.tsx';
import { useSession } from './session.ts';
import { useSignOut } from './sign-out.ts';
import { useTexts } from './texts/index.ts';
import type { Texts } from './texts/texts.ts';

interface ShellProps {
  /** Those that whoever is signed in may see. */
  readonly places: readonly Place[];
  readonly children: ReactNode;
}

export function Shell({ places, children }: ShellProps) {
  const { shell } = useTexts();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const [path] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: closed by going somewhere.
  useEffect(close, [path]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="lg"
    >
      <a className="skip" href="#content">
        {shell.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={shell.open_navigation}
              aria-expanded={isOpen}
            />
            <Anchor component={Link} href="/" fw={700} c="inherit" underline="never">
              {shell.name}
            </Anchor>
            <AccountName />
          </Group>
          <SignedInUser />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={shell.navigation}>
        <Navigation places={places} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        {children}
      </AppShell.Main>
    </AppShell>
  );
}

function AccountName() {
  const { shell } = useTexts();
  const { account } = useSession();
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" truncate visibleFrom="xs">
        {account.name}
      </Text>
      {account.mode === 'test' && <StatusChip tone="waiting">{shell.test_account}</StatusChip>}
    </Group>
  );
}

function Navigation({ places }: { readonly places: readonly Place[] }) {
  const { shell } = useTexts();
  const [path] = useLocation();
  const sections = Object.keys(shell.sections) as (keyof Texts['shell']['sections'])[];
  return sections
    .map((section) => ({ section, places: places.filter((place) => place.section === section) }))
    .filter((group) => group.places.length > 0)
    .map((group) => (
      <div key={group.section}>
        <Text size="xs" fw={600} mt="sm" mb={4} px="xs" className="quiet">
          {shell.sections[group.section]}
        </Text>
        {group.places.map(({ path: target, label }) => {
          const isHere = path === target || path.startsWith(`${target}/`);
          return (
            <NavLink
              key={target}
              component={Link}
              href={target}
              label={label && shell.pages[label]}
              active={isHere}
              variant="light"
              {...(isHere && { 'aria-current': 'page' as const })}
            />
          );
        })}
      </div>
    ));
}

/** Their name, with what is theirs to choose behind it. */
function SignedInUser() {
  const { shell } = useTexts();
  const { user } = useSession();
  const signOut = useSignOut();
  return (
    <details className="menu">
      <summary>
        {user.first_name} {user.last_name}
      </summary>
      <div className="menu-body">
        <ColorChoice />
        <Anchor component={Link} href="/my-sign-in" size="sm">
          {shell.my_account}
        </Anchor>
        <Anchor href="/docs" size="sm">
          {shell.api_reference}
        </Anchor>
        <button type="button" className="menu-item" onClick={signOut}>
          {shell.sign_out}
        </button>
      </div>
    </details>
  );
}

function ColorChoice() {
  const { shell } = useTexts();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <NativeSelect
      label={shell.colors}
      size="xs"
      value={colorScheme}
      onChange={({ currentTarget }) =>
        setColorScheme(currentTarget.value as 'auto' | 'light' | 'dark')
      }
      data={[
        { value: 'auto', label: shell.colors_auto },
        { value: 'light', label: shell.colors_light },
        { value: 'dark', label: shell.colors_dark },
      ]}
    />
  );
}
