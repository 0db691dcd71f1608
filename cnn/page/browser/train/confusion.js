// The confusion matrix: what each held-out digit is, and what it was read as.

/**
 * @import { Words } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 */

import { colorOf } from "../shared/colors.js";
import { create, showText } from "../shared/dom.js";
import { inEachLanguage, wordsOf } from "../shared/i18n.js";
import { number } from "../shared/numbers.js";
import { store } from "../shared/store.js";

/**
 * How often the digits were read as what: a row for each that they are, a column for each that they
 * were read as.
 *
 * @typedef {readonly (readonly number[])[]} Matrix
 */

/** A cell of it. @typedef {{ label: number, read: number }} Place */

/** @type {Words<Keys["train/charts"]>} */
const { say } = wordsOf("train/charts");

/** @param {readonly number[]} counts */
const sumOf = (counts) => counts.reduce((sum, count) => sum + count, 0);

/** The matrix as a table, with its sums; below it a sentence on one of its numbers. */
export function confusionOf() {
  const element = create("figure", { className: "confusion" });
  const table = create("table");
  const sentence = create("p");
  /** @type {Matrix} */
  let matrix = [];
  /** @type {readonly string[]} */
  let classes = [];
  /** @type {HTMLTableCellElement[][]} the counts, and at the end of each row and column its sum */
  let cells = [];
  /** @type {Place | null} the cell that is pointed at */
  let pointed = null;

  element.append(table, sentence);
  table.addEventListener("pointermove", ({ target }) => point(placeOf(target)));
  table.addEventListener("pointerleave", () => point(null));
  store.subscribe("theme", show);
  inEachLanguage(element, show);

  /** @param {EventTarget | null} target */
  function placeOf(target) {
    const label = cells.findIndex((row) => row.some((cell) => cell === target));
    const read = label < 0 ? -1 : cells[label].findIndex((cell) => cell === target);
    return label in matrix && read in classes ? { label, read } : null;
  }

  /** @param {Place | null} place */
  function point(place) {
    pointed = place;
    showSentence();
  }

  function showSentence() {
    const place = pointed ?? mostMisread(matrix);
    if (!place) return say(sentence, matrix.length ? "confusion.right" : "confusion.none");
    const { label, read } = place;
    const values = { label: classes[label], read: classes[read], n: matrix[label][read] };
    const all = { ...values, all: sumOf(matrix[label]) };
    say(sentence, pointed ? "confusion.pointed" : "confusion.most", all);
  }

  function show() {
    table.hidden = !matrix.length;
    const most = mostMisread(matrix);
    const darkest = most ? matrix[most.label][most.read] : 1;
    matrix.forEach((row, label) => {
      row.forEach((count, read) => {
        const cell = cells[label][read];
        showText(cell, count ? number(count) : "");
        const { background, ink } = colorOf(count / darkest);
        const isMisread = count > 0 && label !== read;
        cell.style.background = isMisread ? background : "";
        cell.style.color = isMisread ? ink : "";
      });
      showText(cells[label][classes.length], number(sumOf(row)));
    });
    classes.forEach((_, read) => {
      showText(cells[classes.length][read], number(sumOf(matrix.map((row) => row[read]))));
    });
    if (matrix.length) {
      showText(cells[classes.length][classes.length], number(sumOf(matrix.map(sumOf))));
    }
    showSentence();
  }

  return {
    element,
    /**
     * @param {Matrix} newest empty: nothing has been read yet
     * @param {readonly string[]} names of the digits
     */
    paint(newest, names) {
      if (newest === matrix && names === classes) return;
      if (names !== classes) cells = fill(table, names);
      [matrix, classes] = [newest, names];
      show();
    },
  };
}

/** The mistake that was made most often; null: there was none. @param {Matrix} matrix */
function mostMisread(matrix) {
  /** @type {Place | null} */
  let most = null;
  let count = 0;
  for (const [label, row] of matrix.entries()) {
    for (const [read, times] of row.entries()) {
      if (label === read || times <= count) continue;
      most = { label, read };
      count = times;
    }
  }
  return most;
}

/**
 * The rows and headers of the table, in place of those it has.
 *
 * @param {HTMLTableElement} table
 * @param {readonly string[]} classes
 */
function fill(table, classes) {
  const caption = create("caption");
  const [head, body, foot] = [create("thead"), create("tbody"), create("tfoot")];
  const over = create("tr");
  const names = create("tr");
  const is = headOf("row", "is");
  const all = headOf("col", "all");
  say(caption, "confusion");
  say(is, "confusion.is");
  say(all, "confusion.all");
  is.rowSpan = all.rowSpan = 2;
  const readAs = headOf("colgroup", "read");
  readAs.colSpan = classes.length;
  say(readAs, "confusion.read");
  over.append(is, readAs, all);
  names.append(...classes.map((name) => headOf("col", "name", name)));
  head.append(over, names);

  /** @param {HTMLTableCellElement} header */
  function rowOf(header) {
    const row = create("tr");
    const cells = Array.from({ length: classes.length + 1 }, () => create("td"));
    cells[classes.length].className = "total";
    row.append(header, ...cells);
    return { row, cells };
  }
  const rows = classes.map((name, i) => {
    const made = rowOf(headOf("row", "name", name));
    made.cells[i].className = "right";
    return made;
  });
  const sums = headOf("row", "all");
  say(sums, "confusion.all");
  const last = rowOf(sums);
  for (const cell of last.cells) cell.className = "total";
  body.append(...rows.map(({ row }) => row));
  foot.append(last.row);
  table.replaceChildren(caption, head, body, foot);
  return [...rows, last].map(({ cells }) => cells);
}

/** @param {string} scope @param {string} className @param {string} [textContent] */
const headOf = (scope, className, textContent = "") =>
  create("th", { scope, className, textContent });
