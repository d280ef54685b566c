// SPDX-License-Identifier: Apache-2.0
// The shapes that cross a boundary: engine to background, background to content script, extension to CLI.
// Only shapes; nothing here runs. One name per concept, everywhere.

/** Never mixed: an engine that could not check is `unchecked`, not `clean`. */
export type Outcome = 'clean' | 'findings' | 'unchecked';
export type Severity = 'note' | 'pause' | 'strong';
export type Surface = 'post' | 'reply' | 'comment' | 'message' | 'article';
export type Audience = 'external' | 'internal' | 'unknown';

/** Where a draft is being written. Holds no text of the draft. */
export interface DraftContext {
  site: string;
  surface: Surface;
  audience: Audience;
  reply?: boolean;
  media?: boolean;
  /** BCP 47 language of the draft if the page says so. */
  lang?: string;
  /** Milliseconds since 1970; the engine host fills in the present when absent. */
  at?: number;
}

/** `[start, end)` in UTF-16 code units of the draft. */
export type Span = [start: number, end: number];

/** What one rule has to say about a draft. Texts are plain text, never markup. */
export interface Finding {
  rule: string;
  severity: Severity;
  spans: Span[];
  title: string;
  owner: string;
  guideline: { title: string; url: string };
  notice: string;
  why: string;
  instead: string;
  ask: string;
}

export interface UncheckedRule {
  /** Rule id, or `*` when no rule was judged. */
  rule: string;
  reason: UncheckedReason;
}
export type UncheckedReason =
  | 'text-too-long'
  | 'out-of-memory'
  | 'too-many-matches'
  | 'too-much-work'
  | 'engine-failed'
  | 'engine-late'
  | 'engine-unreachable'
  | 'reload-page'
  | 'paused';

export interface Verdict {
  outcome: Outcome;
  findings: Finding[];
  unchecked: UncheckedRule[];
}

/** One rule as `breath_describe` reports it. */
export interface RuleDescription {
  id: string;
  title: string;
  owner: string;
  purpose: string;
  group: string;
  guideline: { title: string; url: string };
  audience: ('external' | 'internal')[];
  reviewBy: string;
  say: Record<string, { notice: string; why: string; instead: string; ask: string }>;
  /** How often in a million characters of ordinary writing there is cause to judge it; 1,000,000: for every draft. An estimate. */
  callsPerMillion: number;
  /** Of its dearest pattern, in the unit of rules/FORMAT.md, section 5.1. */
  patternPrice: number;
}
export interface GuardDescription {
  id: string;
  title: string;
}
export interface BundleDescription {
  name: string;
  version: number;
  issued: string;
  languages: string[];
  rules: RuleDescription[];
  guards: GuardDescription[];
}

/** What came of one rule, for offline tools. */
export type RuleVerdict =
  | 'spoke'
  | 'no-match'
  | 'excused'
  | 'yielded'
  | 'audience'
  | 'inactive'
  | 'unchecked';

// ---- Messages between content script / popup and background --------------------------------------
// Requests travel with `runtime.sendMessage`; the answer is the response. `kind` tells them apart.

export type Request =
  /** A composer got focus: start the engine now so that the first check is fast. */
  | { kind: 'warm' }
  | { kind: 'check'; text: string; context: DraftContext }
  /** Popup: is this page watched, which bundle, paused until when. */
  | { kind: 'status'; tabId?: number }
  /** Popup: 0 resumes; otherwise milliseconds since 1970. */
  | { kind: 'pause'; until: number }
  /** Popup: after the person granted an internal origin (`https://host/*`). */
  | { kind: 'watch-origin'; origin: string }
  | { kind: 'unwatch-origin'; origin: string };

export type Response =
  | { kind: 'warm'; ready: boolean }
  | { kind: 'verdict'; verdict: Verdict }
  | { kind: 'status'; status: Status }
  | { kind: 'done' }
  | { kind: 'error'; id: string };

/** Background to the content script of a page: "are you there?" Any answer will do. */
export type PageRequest = { kind: 'present' };

export interface Status {
  bundle: { name: string; version: number; rules: number } | null;
  /** Error id when the engine or the bundle could not be loaded. */
  problem: string;
  pausedUntil: number;
  version: string;
  /** The page asked about; null when no tab was named. */
  page: PageStatus | null;
}

/** Whether a page is watched, as far as the browser lets us know. */
export interface PageStatus {
  /** As a person knows it: `linkedin.com`; empty when the browser does not tell. */
  host: string;
  /** Match patterns to ask for or give back, such as `https://intranet.example/*`; empty when there are none. */
  origins: string[];
  /**
   * `built-in`: the package covers it. `granted`: the person asked for it. `withheld`: the package covers it, the browser's
   * site access does not. `possible`: it can be asked for. `never`: the browser lets no extension in. `unknown`: the browser
   * does not tell which page it is.
   */
  coverage: 'built-in' | 'granted' | 'withheld' | 'possible' | 'never' | 'unknown';
  /** It was loaded before we could watch it and must be loaded again. */
  needsReload: boolean;
}
