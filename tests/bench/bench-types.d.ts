// SPDX-License-Identifier: Apache-2.0
// The shapes that the parts of the benchmark pass to each other, in memory and as JSON between processes.

/** One rule as any program can take it: our own leaf, and the same thing as a regular expression in RE2's syntax. */
export interface BenchRule {
  /** Condition of rules/FORMAT.md. */
  when: Record<string, unknown>;
  /** Without flags and without named groups. */
  regex: string;
  ignoreCase: boolean;
  /** The phrases, when the rule is nothing else: what a literal matcher is given. */
  literals?: string[];
  /** Lower case; a text that holds none of them cannot match. Empty: unknown. */
  keywords: string[];
  /** False when the context of the benchmark switches the rule off. */
  isActive: boolean;
  /** More members for the bundle: audience, active. */
  more?: Record<string, unknown>;
  /** A text that matches, to plant. */
  example: string;
}

/** The texts of one kind, each used once by each program. */
export interface Pool {
  name: string;
  /** UTF-16 units aimed at. */
  units: number;
  /** `clean`: nothing planted. `hit`: exactly one match planted. */
  kind: 'clean' | 'hit';
  texts: string[];
}

/** What a contestant is started with, as a JSON file. */
export interface Task {
  contestant: string;
  rules: BenchRule[];
  /** The bundle file that our engine loads; rule n of the bundle holds rules n*packed to n*packed+packed-1. */
  bundle: string;
  packed: number;
  /** How a hit is named: by rule and end offset, or by rule alone. */
  hitsBy: 'end' | 'rule';
  /** Files, each a JSON array of texts, by name of the pool. */
  pools: Record<string, string>;
}

export type Request =
  | { do: 'warm'; pool: string; first: number; count: number; milliseconds: number }
  | { do: 'round'; pool: string; first: number; count: number; batch: number }
  /** As a round, but with the first text every time. */
  | { do: 'again'; pool: string; first: number; count: number; batch: number }
  | { do: 'sample'; pool: string; first: number; count: number }
  | { do: 'memory' };

/** [text, rule, end in `unit`s]; the end is -1 when the program does not say. */
export type Hit = [number, number, number];

export interface Reply {
  ready?: boolean;
  setupMs?: number;
  note?: string;
  /** Nanoseconds of each batch divided by its size. */
  nanoseconds?: number[];
  found?: number;
  used?: number;
  hits?: Hit[];
  unit?: 'utf16' | 'utf8';
  rss?: number;
  wasm?: number;
  error?: string;
}

/** A program that takes part, in Node: made by its `setUp`, asked text by text. */
export interface Matcher {
  /** @returns how many hits: an answer that nothing can leave out */
  count(text: string): number | Promise<number>;
  /** @returns [rule, end] of each hit, as `Hit` without the text */
  hits(text: string): [number, number][] | Promise<[number, number][]>;
  unit: 'utf16' | 'utf8';
  wasmBytes?(): number;
  note?: string;
}
