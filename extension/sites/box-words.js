// SPDX-License-Identifier: Apache-2.0
// What pages write on and beside boxes: that Enter sends, and what a box is for. Data and one reading of it; no DOM.
// "Enter" with another key held down says nothing about Enter alone.
// Tested by: tests/node/sites.test.js

const OTHER_KEY =
  /(?:ctrl|control|strg|cmd|command|shift|umschalt|maj|mayús|alt|option|opt|⌘|⌃|⇧|⌥)[\s+–-]*(?:enter|return|entrée|intro|eingabetaste|↵|⏎)/g;

/** By language: the key and what it does, in the orders people write it. */
const ENTER_SENDS = [
  /\b(?:enter|return) (?:key )?to (?:send|post|submit|publish|reply|comment|share)\b/,
  // "Enter comments" asks for them; only verbs that are no nouns stand alone.
  /\b(?:enter|return) (?:key )?(?:sends|submits|publishes|posts (?:it|the|this|your))\b/,
  /\b(?:send|post|submit|publish|reply|comment|share)s? (?:\p{L}+ )?(?:with|by|using|on) (?:pressing )?(?:enter|return)\b/u,
  /\b(?:enter|eingabetaste) (?:drücken )?(?:um )?(?:zu |zum )?(?:senden|sendet|absenden|abschicken|posten|antworten|kommentieren|veröffentlichen)\b/,
  /\bmit (?:der )?(?:enter|eingabetaste) (?:\p{L}+ )?(?:senden|absenden|abschicken|posten|antworten|veröffentlichen)\b/u,
  /\b(?:entrée|enter) pour (?:envoyer|publier|répondre|commenter|poster)/,
  /\b(?:intro|enter) para (?:enviar|publicar|responder|comentar)\b/,
  /(?:enter|إدخال) (?:للإرسال|لإرسال|للنشر|للرد|للتعليق)/,
];

/** What a box for something to say is called. */
const SAYING = new Set(
  list(`message, messages, comment, comments, reply, replies, post, announcement, nachricht, nachrichten, kommentar, antwort,
    beitrag, mitteilung, commentaire, réponse, publication, annonce, mensaje, comentario, respuesta, publicación, رسالة, رسالتك,
    تعليق, تعليقا, تعليقك, رد, ردك`),
);
/** A box with such a word finds, files or names something, whatever else it says. */
const FINDING = new Set(
  list(`search, find, filter, subject, title, name, id, code, number, template, keyword, tag, tags, jump, suche, suchen, finden,
    filtern, betreff, titel, vorlage, recherche, rechercher, chercher, trouver, filtrer, objet, sujet, titre, modèle, buscar,
    búsqueda, filtrar, asunto, título, plantilla, بحث, ابحث, البحث, الموضوع, العنوان, عنوان`),
);

/** @param {string} words  separated by commas */
function list(words) {
  return words.split(',').map((word) => word.trim());
}

/** @param {string} label */
function plain(label) {
  return label
    .normalize('NFKC')
    .toLowerCase()
    .replace(OTHER_KEY, ' ')
    .replace(/[↵⏎]/g, ' enter ')
    .replace(/[^\p{L}\p{M}\p{N}']+/gu, ' ')
    .trim();
}

/**
 * Whether a text beside a box says that Enter alone sends.
 * @param {string} label
 * @returns {boolean}
 */
export function isEnterHint(label) {
  const words = plain(label);
  return ENTER_SENDS.some((pattern) => pattern.test(words));
}

/**
 * Whether a box of one line is for something to say, by all the texts it is known by.
 * @param {readonly string[]} labels
 * @returns {boolean}
 */
export function isForMessages(labels) {
  const words = labels.flatMap((label) => plain(label).split(' '));
  return words.some((word) => SAYING.has(word)) && !words.some((word) => FINDING.has(word));
}
