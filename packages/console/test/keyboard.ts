/**
 * Somebody who has a keyboard and nothing else: goes to things with Tab and works them with keys, and
 * never by anything that a mouse would be needed for.
 */
import assert from 'node:assert/strict';
import type { ElementHandle, Locator, Page } from 'playwright-core';

export interface Keyboard {
  /** Goes to something, onwards or back, whichever way it lies. @throws if it is never reached */
  reach(target: Locator): Promise<void>;
  /** Follows a link, or presses a button. */
  press(target: Locator): Promise<void>;
  /** Ticks a box, or unticks it. */
  tick(target: Locator): Promise<void>;
  /** Goes to one of several that exclude each other: to the group by Tab, and within it by arrows. */
  pick(target: Locator): Promise<void>;
  /** Replaces what is in a field. */
  type(target: Locator, text: string): Promise<void>;
  /** Chooses from a list by the beginning of what it says. */
  choose(target: Locator, label: string): Promise<void>;
}

/** More than any page has: then the focus goes round without meeting what is looked for. */
const STEPS_MAX = 300;

/** Typed for what is chosen: more quickly than a list waits for the next letter. */
const LETTER_MS = 5;

export function keyboardOf(page: Page): Keyboard {
  const { keyboard } = page;
  const reach = async (target: Locator, isGroupEnough = false) => {
    await target.waitFor();
    let element = await target.elementHandle();
    for (let step = 0; step < STEPS_MAX; step += 1) {
      const way = await findWay(element);
      if (way === 'gone') {
        // Drawn anew meanwhile. Looked for only then: that takes longer than a key.
        element = await target.elementHandle();
      }
      if (way === 'here' || (way === 'in its group' && isGroupEnough)) {
        return;
      }
      await keyboard.press(way === 'back' ? 'Shift+Tab' : 'Tab');
    }
    assert.fail(`The focus does not come to ${target}.`);
  };
  return {
    reach: (target) => reach(target),
    async press(target) {
      await reach(target);
      await keyboard.press('Enter');
    },
    async tick(target) {
      await reach(target);
      await keyboard.press('Space');
    },
    async pick(target) {
      await reach(target, true);
      const element = await target.elementHandle();
      for (let step = 0; (await findWay(element)) !== 'here'; step += 1) {
        assert.ok(step < STEPS_MAX, `The arrows do not come to ${target}.`);
        await keyboard.press('ArrowDown');
      }
      if (!(await target.isChecked())) {
        await keyboard.press('Space');
      }
    },
    async type(target, text) {
      await reach(target);
      await keyboard.press('ControlOrMeta+A');
      // All letters at once, as from a clipboard: one by one they cost a drawing of the page each.
      await keyboard.insertText(text);
    },
    async choose(target, label) {
      await reach(target);
      await keyboard.type(label, { delay: LETTER_MS });
      const chosen = await readChosen(target);
      assert.ok(chosen.startsWith(label), `${chosen} is chosen, not ${label}`);
    },
  };
}

/** Of the page, in which this runs; this process has no types of it. */
interface PageElement {
  readonly isConnected: boolean;
  readonly type?: string;
  readonly name?: string;
  compareDocumentPosition(other: PageElement): number;
}
declare const document: {
  readonly activeElement: PageElement | null;
  readonly body: PageElement;
};

/** Where something is from what has the focus, in the order that Tab goes in. */
async function findWay(
  target: ElementHandle<PageElement> | null,
): Promise<'here' | 'in its group' | 'on' | 'back' | 'gone'> {
  assert.ok(target);
  return await target.evaluate((element) => {
    // As the standard has it (Node.DOCUMENT_POSITION_PRECEDING).
    const PRECEDING = 2;
    const { activeElement: focused, body } = document;
    if (focused === element) {
      return 'here';
    }
    if (!element.isConnected) {
      return 'gone';
    }
    if (element.type === 'radio' && focused?.name === element.name) {
      return 'in its group';
    }
    const isSomewhere = focused !== null && focused !== body;
    return isSomewhere && focused.compareDocumentPosition(element) & PRECEDING ? 'back' : 'on';
  });
}

/** What a list says that is chosen in it. */
async function readChosen(list: Locator): Promise<string> {
  return await list.evaluate(
    ({ selectedOptions }: { readonly selectedOptions: readonly { readonly text: string }[] }) =>
      selectedOptions[0]?.text ?? '',
  );
}

/** What no Tab leads to, or only a mouse sets off, of all that is shown and does something. */
export async function listUnreachable(page: Page): Promise<string[]> {
  return (await page.evaluate(UNREACHABLE)) as string[];
}

/** React keeps what an element does on the element, and asks the browser for it nowhere else. */
const UNREACHABLE = `(() => {
  const WORKED = 'a[href], button, input, select, textarea, summary';
  const describe = (element) => element.outerHTML.slice(0, 150);
  const shown = [...document.querySelectorAll('*')].filter((one) => one.checkVisibility());
  const skipped = shown.filter(
    (one) => one.matches(WORKED) && !one.matches(':disabled') && one.tabIndex < 0,
  );
  const forMice = shown.filter((one) => {
    const key = Object.keys(one).find((name) => name.startsWith('__reactProps$'));
    return one[key]?.onClick !== undefined && !one.matches(WORKED + ', label, dialog');
  });
  return [
    ...skipped.map((one) => 'no Tab leads to ' + describe(one)),
    ...forMice.map((one) => 'for mice alone ' + describe(one)),
  ];
})()`;
