// The formula with the numbers filled in, for both sides, and what there is to say of them.

/** @import { Context } from "../../step.js" */
/** @import { Geometry } from "./sizes.js" */
/** @import { words } from "./words.js" */

import { create } from "../../../shared/dom.js";
import { sizeOf, unreadOf } from "./sizes.js";

/** @param {Context<keyof typeof words.en>} context */
export function sentencesOf({ say, loaded }) {
  const element = create("div", { className: "sizes" });
  const lines = /** @type {const} */ (["width", "height"]).map((side) => {
    const name = create("span", { className: "note" });
    const formula = create("p", { className: "formula" });
    say(name, side);
    element.append(name, formula);
    return { side, name, formula };
  });
  const fit = create("p", { className: "fit" });
  const network = create("p", { className: "note" });
  fit.role = "status";
  element.append(fit);
  tellNetwork();

  function tellNetwork() {
    const { stages } = loaded.network;
    const conv = stages.find(({ kind }) => kind === "Conv2d");
    const pool = stages.find(({ kind }) => kind.endsWith("Pool2d"));
    network.hidden = !conv || !pool;
    if (!conv || !pool) return;
    say(network, "network", {
      F: conv.kernel_size?.[1] ?? "",
      S: conv.stride?.[1] ?? "",
      P: conv.padding?.[1] ?? "",
      conv: conv.shape[2],
      poolF: pool.kernel_size?.[1] ?? "",
      poolS: pool.stride?.[1] ?? "",
      pool: pool.shape[2],
    });
  }

  /** @param {number} columns @param {number} rows not reached */
  function fitWord(columns, rows) {
    if (columns && rows) return "unread.both";
    if (columns) return "unread.width";
    return rows ? "unread.height" : "fits";
  }

  return {
    element,
    network,
    /**
     * @param {{ width: number, height: number }} size
     * @param {Geometry} geometry
     * @param {boolean} isAsked whether that is what the question asks for
     */
    paint(size, geometry, isAsked) {
      for (const line of [...lines.map(({ formula }) => formula), fit]) {
        line.classList.toggle("secret", isAsked);
      }
      const { F, S, P } = geometry;
      const outs = lines.map(({ side }) => sizeOf(size[side], geometry));
      const isNone = outs.includes(0);
      lines.forEach(({ side, name, formula }, i) => {
        const W = size[side];
        const inner = Number(((W - F + 2 * P) / S).toFixed(2));
        name.hidden = formula.hidden = isNone;
        if (!isNone) say(formula, "formula", { W, F, P, S, inner, out: outs[i] });
      });
      const columns = isNone ? 0 : unreadOf(size.width, geometry);
      const rows = isNone ? 0 : unreadOf(size.height, geometry);
      fit.classList.toggle("odd", isNone || columns + rows > 0);
      if (!isNone) return say(fit, fitWord(columns, rows), { columns, rows });
      const framed = { framedWidth: size.width + 2 * P, framedHeight: size.height + 2 * P };
      say(fit, "none", { F, ...framed });
    },
  };
}
