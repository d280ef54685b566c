// SPDX-License-Identifier: Apache-2.0
// The credentials of workload W2: about 220 families as secret scanners know them, as a table of our own. Prefixed tokens become
// `secret` leaves, named keys become `pattern` leaves. Shapes only: every value is drawn when the benchmark runs.
// Tested by: tests/node/bench.test.js

/** @typedef {import('./bench-types.d.ts').BenchRule} BenchRule */
/** @typedef {import('./random.js').Random} Random */

/**
 * @typedef {object} PrefixFamily
 * @property {string} id
 * @property {string[]} prefix
 * @property {keyof typeof CLASSES} alphabet
 * @property {[number, number]} length
 */
/** @typedef {{ id: string, name: string, alphabet: keyof typeof CLASSES, size: number }} NamedFamily */

const CLASSES = /** @type {const} */ ({
  digits: '0-9',
  hex: '0-9a-fA-F',
  upper: 'A-Z0-9',
  alnum: 'A-Za-z0-9',
  base64: 'A-Za-z0-9+/=',
  base64url: 'A-Za-z0-9_-',
});
const LETTERS = {
  digits: '0123456789',
  hex: '0123456789abcdef',
  upper: 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789',
  alnum: 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789',
  base64: 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789',
  base64url: 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789',
};

// Prefixes, alphabet, least and most characters after the prefix.
const PREFIXED = `
AKIA,ASIA,ABIA,ACCA upper 16 16
A3T upper 17 17
ghp_ alnum 36 255
gho_ alnum 36 255
ghu_,ghs_ alnum 36 255
ghr_ alnum 36 255
github_pat_ base64url 60 255
glpat- base64url 20 64
glptt- hex 40 40
gldt- base64url 20 64
glrt- base64url 20 64
glcbt- base64url 20 64
glffct- base64url 20 64
glft- base64url 20 64
glimt- base64url 25 64
glagent- base64url 50 64
gloas- base64url 64 64
glsoat- base64url 20 64
xoxb- base64url 40 90
xoxp- base64url 40 90
xoxa-,xoxr- base64url 24 90
xoxe. base64url 40 170
xapp- base64url 40 120
sk_live_,sk_test_ alnum 24 99
rk_live_,rk_test_ alnum 24 99
pk_live_ alnum 24 99
whsec_ base64 32 64
AIza base64url 35 35
ya29. base64url 40 200
GOCSPX- base64url 28 28
SG. base64url 60 80
npm_ alnum 36 36
pypi-AgEI base64url 50 200
dop_v1_ hex 64 64
doo_v1_ hex 64 64
dor_v1_ hex 64 64
shpat_ hex 32 32
shpca_ hex 32 32
shppa_ hex 32 32
shpss_ hex 32 32
sq0atp- base64url 22 22
sq0csp- base64url 43 43
EAAA base64url 60 60
hf_ alnum 34 34
api_org_ alnum 34 34
sk-ant-api03- base64url 93 93
sk-ant-admin01- base64url 93 93
sk-proj- base64url 40 170
sk-svcacct- base64url 40 170
gsk_ alnum 52 52
r8_ alnum 37 37
pplx- alnum 48 56
xai- alnum 80 80
lin_api_ alnum 40 40
figd_ base64url 40 44
ntn_ alnum 43 50
PMAK- base64url 59 59
NRAK- upper 27 27
NRJS- hex 19 19
NRII- base64url 32 32
dapi hex 32 34
dp.pt. alnum 43 43
dp.st. alnum 43 60
hvs. base64url 90 120
hvb. base64url 138 212
ATATT3 base64url 180 190
ATCTT3 base64url 180 190
BBDC- base64 40 44
CCIPAT_ base64url 60 80
rubygems_ hex 48 48
tfp_ base64url 50 70
pul- hex 40 40
rnd_ alnum 32 32
sbp_ hex 40 40
sntrys_ base64 90 160
sntryu_ hex 64 64
glsa_ base64url 41 41
glc_ base64 32 120
phc_ alnum 43 43
phx_ alnum 43 48
EZAK alnum 54 54
EZTK alnum 54 54
FLWSECK_TEST- hex 12 32
FLWPUBK_TEST- hex 32 32
duffel_test_,duffel_live_ base64url 43 43
fio-u- base64url 64 64
fo1_ base64url 43 43
ico- alnum 32 32
lip_ alnum 36 36
ops_eyJ base64 250 250
p8e- alnum 32 32
perm: base64url 20 90
pscale_tkn_ base64url 32 64
pscale_pw_ base64url 32 64
pscale_oauth_ base64url 32 64
shippo_live_,shippo_test_ hex 40 40
tk-us- base64url 48 48
v1.0- hex 24 160
xkeysib- hex 64 81
sib- hex 40 90
nfp_ alnum 36 40
ddp_ alnum 36 36
dckr_pat_ base64url 27 27
dckr_oat_ base64url 32 32
cio_ alnum 40 60
age-secret-key-1 alnum 58 58
LTAI alnum 20 20
AKLT base64url 22 44
AKID alnum 32 32
KEY0 upper 30 60
mnk_ alnum 32 40
wk_live_ alnum 32 64
sk_prod_ alnum 24 64
live_pk_ alnum 32 64
access-production- base64url 40 60
access-sandbox- base64url 40 60
`;

const NAMED_HEX =
  'adafruit adobe airtable algolia amplitude asana atlassian beamer bitbucket bittrex clearbit cloudinary codecov coinbase ' +
  'confluent contentful datadog dropbox fastly finicity finnhub flickr freshbooks freshdesk fullcontact giphy gitter helpscout ' +
  'hubspot hunter intercom ipstack jfrog kraken kucoin launchdarkly lob mailchimp mapquest mattermost maxmind messagebird mixpanel ' +
  'mollie netlify nexmo nytimes okta openweather opsgenie';
const NAMED_ALNUM =
  'pagerduty paypal pexels pipedrive plaid plivo qualtrics rapidapi ringcentral salesforce segment sendbird snyk sonarqube ' +
  'soundcloud spotify squarespace statuspage sumologic surveymonkey telegram travisci trello twilio twitch twitter typeform ' +
  'unsplash vercel vimeo vonage weatherbit webex yandex zendesk zoho zoom adyen braintree calendly crisp drift easyship klarna ' +
  'mapbox newrelic revolut wise bandwidth dailymotion';

/** @type {(PrefixFamily | NamedFamily)[]} */
export const SECRET_FAMILIES = [
  ...PREFIXED.trim()
    .split('\n')
    .map((line) => {
      const [prefixes = '', alphabet = '', least, most] = line.split(' ');
      /** @type {PrefixFamily} */
      const family = {
        id: prefixes,
        prefix: prefixes.split(','),
        alphabet: /** @type {PrefixFamily['alphabet']} */ (alphabet),
        length: [Number(least), Number(most)],
      };
      return family;
    }),
  ...NAMED_HEX.split(' ').map((name) => named(name, 'hex', 32)),
  ...NAMED_ALNUM.split(' ').map((name) => named(name, 'alnum', 40)),
];

/**
 * @param {string} name
 * @param {NamedFamily['alphabet']} alphabet
 * @param {number} size
 * @returns {NamedFamily}
 */
function named(name, alphabet, size) {
  return { id: `${name}-key`, name, alphabet, size };
}

/**
 * A family as a rule. The expression of a prefixed token says what our leaf says but for entropy and placeholders, which the
 * texts of the benchmark do not try.
 * @param {PrefixFamily | NamedFamily} family
 * @param {Random} random
 * @returns {BenchRule}
 */
export function secretRule(family, random) {
  const letters = CLASSES[family.alphabet];
  if ('name' in family) {
    const { name, size } = family;
    const regex = `${name}[ \\t\\w.-]{0,20}(?:=|:|=>)[ \\t]{0,3}["']?[${letters}]{${size}}`;
    const value = random.string(size, LETTERS[family.alphabet]);
    return {
      when: { pattern: `(?i)${regex}`, view: 'raw' },
      regex,
      ignoreCase: true,
      keywords: [name],
      isActive: true,
      example: `${name}_api_key = "${value}"`,
    };
  }
  const { prefix, alphabet, length } = family;
  const [min, max] = length;
  const starts = prefix.map((each) => each.replace(/[.+-]/g, '\\$&')).join('|');
  return {
    when: { secret: { prefix, alphabet, length: { min, max } } },
    regex: `\\b(?:${starts})[${letters}]{${min},${max}}(?:[^${letters}]|$)`,
    ignoreCase: false,
    keywords: prefix.map((each) => each.toLowerCase()),
    isActive: true,
    example:
      random.pick(prefix) +
      random.string(random.between(min, Math.min(max, min + 20)), LETTERS[alphabet]),
  };
}
