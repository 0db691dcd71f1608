// Which words there are: English says. For the type checker alone; no browser loads it.

import lesson from "./en/lesson.json" with { type: "json" };
import page from "./en/page.json" with { type: "json" };
import share from "./en/share.json" with { type: "json" };
import byHeart from "./en/steps/by-heart.json" with { type: "json" };
import channels from "./en/steps/channels.json" with { type: "json" };
import code from "./en/steps/code.json" with { type: "json" };
import convolution from "./en/steps/convolution.json" with { type: "json" };
import costs from "./en/steps/costs.json" with { type: "json" };
import flattenDropout from "./en/steps/flatten-dropout.json" with { type: "json" };
import gradient from "./en/steps/gradient.json" with { type: "json" };
import input from "./en/steps/input.json" with { type: "json" };
import learning from "./en/steps/learning.json" with { type: "json" };
import mlpOrCnn from "./en/steps/mlp-or-cnn.json" with { type: "json" };
import neuron from "./en/steps/neuron.json" with { type: "json" };
import parts from "./en/steps/parts.json" with { type: "json" };
import pooling from "./en/steps/pooling.json" with { type: "json" };
import relu from "./en/steps/relu.json" with { type: "json" };
import size from "./en/steps/size.json" with { type: "json" };
import softmax from "./en/steps/softmax.json" with { type: "json" };
import yourself from "./en/steps/yourself.json" with { type: "json" };
import bench from "./en/train/bench.json" with { type: "json" };
import build from "./en/train/build.json" with { type: "json" };
import charts from "./en/train/charts.json" with { type: "json" };
import keep from "./en/train/keep.json" with { type: "json" };

/** The keys of each file of words; of a step's under the name of its folder. */
export interface Keys {
  page: keyof typeof page;
  lesson: keyof typeof lesson;
  share: keyof typeof share;
  "by-heart": keyof typeof byHeart;
  channels: keyof typeof channels;
  code: keyof typeof code;
  convolution: keyof typeof convolution;
  costs: keyof typeof costs;
  "flatten-dropout": keyof typeof flattenDropout;
  gradient: keyof typeof gradient;
  input: keyof typeof input;
  learning: keyof typeof learning;
  "mlp-or-cnn": keyof typeof mlpOrCnn;
  neuron: keyof typeof neuron;
  parts: keyof typeof parts;
  pooling: keyof typeof pooling;
  relu: keyof typeof relu;
  size: keyof typeof size;
  softmax: keyof typeof softmax;
  yourself: keyof typeof yourself;
  "train/bench": keyof typeof bench;
  "train/build": keyof typeof build;
  "train/charts": keyof typeof charts;
  "train/keep": keyof typeof keep;
}
