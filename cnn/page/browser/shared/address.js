// Where a drawing and a step of the lesson are in a link: the fragment, which no server gets to see.

const NAME = "d"; // #d=...&step=...
const STEP = "step";

/**
 * @param {string} hash of a location
 * @returns {string | null} the drawing's text in it; null where there is none
 */
export const textIn = (hash) => new URLSearchParams(hash.slice(1)).get(NAME);

/**
 * The hash without the drawing: once it is on the pad, a reload shall keep what was done since.
 *
 * @param {string} hash of a location
 */
export function withoutText(hash) {
  const rest = new URLSearchParams(hash.slice(1));
  rest.delete(NAME);
  return rest.size ? `#${rest}` : "";
}

/**
 * @param {string} hash of a location
 * @returns {string | null} the name of the step in it; null where the lesson is closed
 */
export const stepIn = (hash) => new URLSearchParams(hash.slice(1)).get(STEP);

/**
 * The hash with the step, so that a reload opens it again.
 *
 * @param {string} hash of a location
 * @param {string | null} step null: without one
 */
export function withStep(hash, step) {
  if (step === stepIn(hash)) return hash;
  const rest = new URLSearchParams(hash.slice(1));
  if (step === null) rest.delete(STEP);
  else rest.set(STEP, step);
  return rest.size ? `#${rest}` : "";
}

/**
 * A link to this page with a drawing.
 *
 * A page in an iframe does not know the address around it, and its own leads to the same page. A
 * Space's page is told it by the referrer, sometimes: there the link leads to the Space itself,
 * which hands the fragment on.
 *
 * @param {string} text of the drawing
 * @param {{ href: string }} location
 * @param {string} referrer
 * @param {string | null} step of the lesson that it opens
 */
export function addressWith(text, { href }, referrer, step = null) {
  const address = new URL(spaceOf(href, referrer) ?? href);
  // The platform's own parameters, as __theme, or __sign: that one is a key to a private page.
  for (const name of [...address.searchParams.keys()]) {
    if (name.startsWith("__")) address.searchParams.delete(name);
  }
  address.hash = withStep(`#${NAME}=${text}`, step);
  return address.href;
}

/**
 * @param {string} href of the page
 * @param {string} referrer
 * @returns {string | null} the page of the Space that shows it, where that can be told
 */
function spaceOf(href, referrer) {
  const { hostname } = new URL(href);
  const [, space] = /^(https:\/\/huggingface\.co\/spaces\/[\w.-]+\/[\w.-]+)/.exec(referrer) ?? [];
  if (!space || !hostname.endsWith(".hf.space")) return null;
  const [owner, name] = space.split("/").slice(-2);
  const subdomain = `${owner}-${name}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return hostname.startsWith(`${subdomain}.`) ? space : null;
}
