// SPDX-License-Identifier: Apache-2.0
// Looks at how far a rule reaches: does one common word make it speak, does it watch a topic nobody may be warned
// about? It reads the condition as data and judges no draft.
// Tested by: tests/node/cli.test.js, tests/node/cli-authoring.test.js

/**
 * @typedef {import('./wording.js').Remark} Remark
 * @typedef {Record<string, unknown>} Condition
 * @typedef {Record<string, Record<string, unknown>>} Definitions
 */

/** Ordinary words of working life. A rule that speaks on one of them alone speaks all day. */
export const COMMON = new Set(
  `a about after again all also an and any app are ask at back be because been before best better big board build business but buy by call can
  change check client code come company confidential could customer data day deal design do document does done down email every expect
  expects fact feature feel file find first for from future get give go good great group grow guarantee had has have he help her here
  him his how i if in internal is issue it its job just keep know launch lead learn like line list little long look made make manager many
  market may me meet meeting money month more most much must my need never new next no not now number of off office old on one only open
  or order other our out over partner people place plan plans post price problem product project public quarter question read ready
  really release report result results right risk roadmap said sale sales say secret security see sell send service she ship should show
  site so soon start state still stop support system take talk team tell test than that the their them then there these they thing think
  this time to today tomorrow tool top try two under up us use user value version very want was way we week well were what when where which
  who why will with without work world would year yes you your proprietary private sensitive restricted`.split(
    /\s+/,
  ),
);

/** Topics of which people may always speak; a rule that looks for them would warn of them. */
const NEVER_WARN =
  /^(?:union\w*|unioni[sz]\w*|works councils?|strik(?:e|es|ing)|picket\w*|salar(?:y|ies)|wages?|pay(?: raises?| cuts?| gap)?|overtime|bonus(?:es)?|raises|severance|layoffs?|laid off|whistleblow\w*|harass\w*|discriminat\w*|osha|nlrb|work(?:ing)? conditions|understaffed|unsafe|petition|vote(?: yes| no)?|election|politic\w*|religio\w*|church|mosque|synagogue|prayer|hate my job|bad employer|terrible company|worst employer)\*?$/;

/**
 * Every phrase the condition looks for (not what it excuses), and the fewest separate cues that make it true.
 * @param {Condition} condition
 * @param {Definitions} definitions
 * @returns {{ cues: number, single: string[], phrases: string[] }} `single`: common words that suffice alone
 */
function reachOf(condition, definitions) {
  const [operator = '', value] = Object.entries(condition).find(
    ([name]) => !['except', 'view', 'wholeWord'].includes(name),
  ) ?? ['', null];
  const inner = () => {
    const of = Array.isArray(value) ? value : /** @type {Condition} */ (value)?.of;
    const children = /** @type {Condition[]} */ (Array.isArray(of) ? of : of ? [of] : []);
    return children.map((child) => reachOf(child, definitions));
  };
  switch (operator) {
    case 'words': {
      const phrases = /** @type {string[]} */ (value ?? []);
      const single = phrases.filter((phrase) => COMMON.has(phrase.toLowerCase()));
      return { cues: 1, single, phrases };
    }
    case 'use': {
      const is = definitions[String(value)]?.is;
      return is
        ? reachOf(/** @type {Condition} */ (is), definitions)
        : { cues: 1, single: [], phrases: [] };
    }
    case 'any': {
      const children = inner();
      return {
        cues: Math.min(...children.map((child) => child.cues)),
        single: children.filter((child) => child.cues === 1).flatMap((child) => child.single),
        phrases: children.flatMap((child) => child.phrases),
      };
    }
    case 'all':
    case 'near':
    case 'before':
    case 'sentence': {
      const children = inner();
      const cues = children.reduce((sum, child) => sum + child.cues, 0);
      return {
        cues,
        single: cues === 1 ? children.flatMap((child) => child.single) : [],
        phrases: children.flatMap((child) => child.phrases),
      };
    }
    case 'count': {
      const atLeast = Number(/** @type {Condition} */ (value)?.atLeast ?? 1);
      const children = inner();
      return {
        cues: atLeast,
        single: atLeast === 1 ? children.flatMap((child) => child.single) : [],
        phrases: children.flatMap((child) => child.phrases),
      };
    }
    case 'none':
    case 'context':
      return { cues: 0, single: [], phrases: [] };
    default:
      return { cues: 1, single: [], phrases: [] };
  }
}

/**
 * @param {Record<string, unknown>} rule
 * @param {Definitions} definitions
 * @returns {Remark[]}
 */
export function reachRemarks(rule, definitions) {
  const { single, phrases } = reachOf(/** @type {Condition} */ (rule.when ?? {}), definitions);
  /** @type {Remark[]} */
  const remarks = [];
  if (single.length > 0) {
    remarks.push({
      level: 'error',
      id: 'reach.one-common-word',
      message: `the single common word "${single[0]}" makes it speak. Ask for a second cue with "sentence" or "near".`,
    });
  }
  const topic = phrases.find((phrase) => NEVER_WARN.test(phrase.toLowerCase()));
  if (topic !== undefined) {
    remarks.push({
      level: 'error',
      id: 'reach.never-warn',
      message: `it looks for "${topic}", a topic of which people may always speak. Take it out; rules/AUTHORING.md says why.`,
    });
  }
  return remarks;
}
