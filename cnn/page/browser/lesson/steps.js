// The steps of the lesson, in their order. A step that is not in this list is not shown.

/** @import { Step } from "./step.js" */

import { sees } from "./steps/sees/sees.js";
import { convolution } from "./steps/convolution/convolution.js";
import { size } from "./steps/size/size.js";
import { channels } from "./steps/channels/channels.js";
import { costs } from "./steps/costs/costs.js";
import { pooling } from "./steps/pooling/pooling.js";
import { dropout } from "./steps/dropout/dropout.js";
import { softmax } from "./steps/softmax/softmax.js";
import { flatten } from "./steps/flatten/flatten.js";
import { history } from "./steps/history/history.js";

/** @type {Step[]} */
export const STEPS = [
  sees, // 1
  convolution, // 2
  size, // 3
  channels, // 4
  costs, // 5
  pooling, // 6
  dropout, // 7
  softmax, // 8
  flatten, // 9
  history, // 10
];
