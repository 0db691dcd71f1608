// The steps of the lesson, in their order. A step that is not in this list is not shown.

/** @import { Step } from "./step.js" */

import { sees } from "./steps/sees/sees.js";
import { convolution } from "./steps/convolution/convolution.js";
import { size } from "./steps/size/size.js";
import { channels } from "./steps/channels/channels.js";
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
  pooling, // 5
  dropout, // 6
  softmax, // 7
  flatten, // 8
  history, // 9
];
