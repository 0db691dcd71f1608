import { Pixels } from "../../../shared/colors.js";

/** Small pictures beside and below each other on one canvas, with gaps of nothing between them. */
export class Tiles {
  #pixels;
  #values;
  /** for each value the pixel that shows it @type {number[]} */
  #places;
  #size;

  /**
   * @param {object} size
   * @param {number} size.across tiles beside each other
   * @param {number} size.down
   * @param {number} size.height of a tile
   * @param {number} size.width
   * @param {number} size.gap
   */
  constructor(size) {
    const { across, down, height, width, gap } = size;
    const wide = across * (width + gap) - gap;
    this.#size = size;
    this.#pixels = new Pixels(wide, down * (height + gap) - gap);
    this.#values = new Float32Array(this.#pixels.canvas.width * this.#pixels.canvas.height);
    this.#places = Array.from({ length: across * down * height * width }, (_, i) => {
      const [x, y] = [i % width, Math.floor(i / width) % height];
      const tile = Math.floor(i / (width * height));
      const [row, column] = [Math.floor(tile / across), tile % across];
      return (row * (height + gap) + y) * wide + column * (width + gap) + x;
    });
  }

  get canvas() {
    return this.#pixels.canvas;
  }

  /**
   * @param {ArrayLike<number>} values tile after tile, each row by row; none: zeros
   * @param {number} scale above 0
   */
  paint(values, scale) {
    this.#places.forEach((place, i) => this.#values[place] = values[i] ?? 0);
    this.#pixels.paint(this.#values, scale);
    const { across, down, height, width, gap } = this.#size;
    const { context, canvas } = this.#pixels;
    for (let column = 1; column < across; column++) {
      context.clearRect(column * (width + gap) - gap, 0, gap, canvas.height);
    }
    for (let row = 1; row < down; row++) {
      context.clearRect(0, row * (height + gap) - gap, canvas.width, gap);
    }
  }
}
