// An account on the screen: an equation whose rounded numbers add up, a pooling's cells, a fraction.

/**
 * @import { Account, Fraction } from "./account.js"
 * @import { Named, Term } from "./terms.js"
 */

import { create } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { decimal, percent, precise } from "../shared/numbers.js";
import { relation, rounded, roundedSum } from "../shared/sums.js";
import { DECIMALS } from "./account.js";

const EXP_DECIMALS = 4;
const EXP_DIGITS = 4; // of the one that the fraction is of

/** An element that shows accounts, one after the other. */
export function sumView() {
  const element = create("div", { className: "sum" });
  /** @type {string} what is shown, so that nothing is built anew for the same */
  let shown = "";
  return {
    element,
    /** @param {Account | null} account */
    paint(account) {
      const html = account ? htmlOf(account) : "";
      if (html === shown) return;
      shown = html;
      element.innerHTML = html;
      // Not in the HTML: hosts forbid style attributes there.
      element.style.setProperty("--across", `${account?.cells?.across ?? 1}`);
    },
  };
}

/** @param {Account} account */
const htmlOf = (account) =>
  [
    account.total ? equation(account.terms, account.total) : "",
    account.cells ? cells(account.cells) : "",
    account.fraction ? fraction(account.fraction) : "",
    ...account.lines.map((line) => `<p>${escaped(said(line))}</p>`),
  ].join("");

/**
 * The terms as they are rounded, then what the rounding of all comes to, so that what is read adds
 * up.
 *
 * @param {Term[]} terms
 * @param {Term} total
 */
function equation(terms, total) {
  const amounts = terms.map(({ amount, parts }) =>
    parts ? parts.reduce((sum, part) => sum + rounded(part, DECIMALS), 0) : amount
  );
  const shown = roundedSum(amounts, total.amount, DECIMALS);
  const rows = terms.map((term, i) => row(said(term), signed(shown.terms[i])));
  if (shown.rounding) rows.push(row(t("sum.rounding"), signed(shown.rounding), "rounding"));
  rows.push(row(said(total), `= ${decimal(shown.total, DECIMALS)}`, "total"));
  return `<dl class="equation" data-sum>${rows.join("")}</dl>`;
}

/** @param {string} label @param {string} number @param {string} [name] of its class */
const row = (label, number, name = "") =>
  `<div class="${name}"><dt>${escaped(label)}</dt>` +
  `<dd data-${name === "total" ? "total" : "term"}>${number}</dd></div>`;

/** @param {number} amount */
const signed = (amount) => `${amount < 0 ? "" : "+"}${decimal(amount, DECIMALS)}`;

/** @param {NonNullable<Account["cells"]>} cells */
function cells({ values, winner }) {
  const numbers = values.map((value, i) =>
    `<span${i === winner ? ' class="winner"' : ""}>${decimal(value, DECIMALS)}</span>`
  );
  return `<div class="cells">${numbers.join("")}</div>`;
}

/** @param {Fraction} fraction */
function fraction({ exps, digit, sum, prob }) {
  const numbers = [...exps].map((exp, i) => {
    const name = i === digit ? ' class="winner"' : "";
    return `<span data-term${name}>${decimal(exp, EXP_DECIMALS)}</span>`;
  });
  const { rounding } = roundedSum([...exps], sum, EXP_DECIMALS);
  if (rounding) {
    const number = `<span data-term>${decimal(rounding, EXP_DECIMALS)}</span>`;
    numbers.push(`${number} (${t("sum.rounding")})`);
  }
  const above = precise(exps[digit], EXP_DECIMALS, EXP_DIGITS);
  const below = decimal(sum, EXP_DECIMALS);
  return `<p class="fraction" data-sum><span class="over">` +
    `<span class="above winner">${above}</span>` +
    `<span class="under">${numbers.join(" + ")}</span></span>` +
    `<span>= ${above} ÷ <span data-total>${below}</span> ` +
    `${share(Number(above) / Number(below), prob)}</span></p>`;
}

/**
 * What the fraction comes to, as a percentage: even the smallest with a digit of it.
 *
 * @param {number} computed from what is shown
 * @param {number} prob
 */
function share(computed, prob) {
  const short = percent(prob);
  if (short.startsWith(">")) return `&gt; <b>${short.slice(1)}</b>`;
  const number = Number.parseFloat(short) ? short.slice(0, -1) : precise(100 * prob, 1);
  return `${relation(100 * computed, number)} <b>${number}%</b>`;
}

/** @param {Named} named */
const said = ({ word, values }) => t(word, values);

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
