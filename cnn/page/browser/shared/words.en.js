// Every word on the page, in English. words.zh.js has the same keys: `deno check` sees to it.

import { en as explain } from "./words.explain.en.js";

export const en = {
  ...explain,
  "title": "Draw a digit, watch the network read it",
  "lead": "As you draw, each layer of a convolutional neural network (CNN) shows what it sees.",
  "language": "中文",
  "language.label": "Switch to Chinese",
  "theme.label": "Light or dark",
  "masthead.settings": "Lesson, language and colours",
  "lesson": "Lesson: how a CNN reads",
  "lesson.learn": "Learn",
  "lesson.learn.label": "Learn: how a CNN reads your drawing, step by step",
  "lesson.missing": "The lesson could not be loaded. Please try again.",

  "pad": "Your drawing",
  "pad.label": "Pad: draw a digit from 0 to 9 with mouse, finger or pen",
  "pad.hint": "Draw a digit, 0 to 9",
  "pad.tools": "Tools of the pad",
  "pad.undo": "Undo (Ctrl+Z)",
  "pad.redo": "Redo (Ctrl+Shift+Z)",
  "pad.eraser": "Eraser: takes whole strokes",
  "pad.clear": "Clear (Delete)",
  "pad.picture": "Open a picture or a photo",
  "examples": "Or watch one being drawn",
  "examples.digit": "Draw an example: {name}",
  "examples.small 7": "small 7 in a corner",
  "examples.thin 1": "thin 1",
  "examples.mnist": "A random MNIST digit",

  "answer": "Its answer",
  "answer.none": "nothing drawn yet",
  "answer.read": "I read {digit}, {percent} sure",
  "answer.certain": "I read {digit}, over 99% sure",
  "answer.runner_up": "I read {digit}, but it could be {runner_up}",
  "answer.number": "I read {number}",
  "answer.doubtful": "I read {number}, but am not sure of every digit",
  "answer.no_ink": "nothing drawn in this picture",
  "answer.digit": "{shown}: show the network for this digit",
  "answer.drawing": "Perhaps {number} …",
  "answer.unsure": "Not sure that this is a digit. If it is one: {digit}",
  "answer.probs": "The ten probabilities",
  "correction": "Wrong? It was",
  "correction.group": "Which digit was it?",
  "correction.words":
    "A tap keeps this drawing and your digit in a file on the computer that runs this page, to train with. Nothing is kept without it.",
  "correction.strokes": "Only what is drawn here can be kept, not a picture.",
  "correction.saved":
    "Thank you, kept; tap it again to take it back. To train with it: python train.py --extra FILE",

  "network": "The network, stage by stage",
  "key.colours":
    "Orange is above zero, blue below it, the background's colour is zero. The number beside a layer's colours is where they end.",
  "key.parameters": "{n} parameters",
  "key.mnist":
    "{percent}% of MNIST's test digits right; its settings were compared on these digits, so expect a little less elsewhere",
  "key.trained":
    "learned from {all} pictures, {mnist} of them ({percent}%) from MNIST, the others made by a program",
  "key.dropout": "trained with dropout {rate}%",
  "key.date": "on {date}",
  "layer.about": "{layer}: what it does",
  "layer.size":
    "Its size, for an input of W, a kernel or window of F, padding P, stride S: ⌊(W − F + 2P) ÷ S⌋ + 1",
  "layer.padding":
    "Padding lays a frame of zeros, {frame} wide, around what comes in. Along the edge, these zeros take part in the sum.",
  "layer.field": "One value sees at most {field} of the {side} pixels: its receptive field.",
  "layer.parameters": "{n} parameters, learned in training",
  "layer.Normalize": "What the network sees",
  "layer.Normalize.words":
    "Your drawing, cropped, its longer side scaled to 20 pixels, its centre of mass in the middle: ink is 1, paper 0. Then it is normalised: {mean} is subtracted from each pixel, and the result divided by {std}. These are the mean and the standard deviation of MNIST's training pixels. So for the next layer paper is not zero, but negative.",
  "layer.Normalize.note": "normalised: −{mean}, ÷{std}",
  "layer.Conv2d": "Convolution",
  "layer.Conv2d.single":
    "{out} kernels of {kernel} slide over the picture (stride {stride}, padding {padding}). Each multiplies the pixels under it by its weights, adds up the products and adds its bias. Paper is negative after normalising, so a map need not be zero on blank paper. The small square below a map is its kernel.",
  "layer.Conv2d.words":
    "{out} kernels of {kernel}, each with {in} channels: one for each map before it (stride {stride}, padding {padding}). What the {in} channels of a kernel give and its bias are added up: one new map. The strip below a map shows these channels.",
  "layer.ReLU": "ReLU",
  "layer.ReLU.words": "What is negative becomes zero; what is positive stays as it is.",
  "layer.ReLU.note": "max(0, x)",
  "layer.MaxPool2d": "Max pooling",
  "layer.MaxPool2d.words":
    "A window of {kernel} moves in steps of {stride} and keeps the largest value: {from} becomes {to}.",
  "layer.AvgPool2d": "Average pooling",
  "layer.AvgPool2d.words":
    "A window of {kernel} moves in steps of {stride} and keeps the mean of its values: {from} becomes {to}.",
  "layer.Flatten": "Flatten",
  "layer.Flatten.words":
    "The maps, {shape}, in one row of {out} values. Nothing is computed. Here each line is one map.",
  "layer.Flatten.note": "each line is one map",
  "layer.Dropout": "Dropout",
  "layer.Dropout.words":
    "In training, each of the {in} values is set to zero with a probability of {rate}%, anew for every digit, and the others are raised to make up for it. So no neuron can rely on a single value. Here it is off: all values pass as they are.",
  "layer.Dropout.note": "off; {rate}% in training",
  "layer.Linear": "Fully connected",
  "layer.Linear.words":
    "Each of {out} neurons multiplies the {in} values before it by weights of its own, adds up the products and adds its bias.",
  "layer.Linear.note": "each sums all {in}",
  "layer.outputs": "Fully connected: the logits",
  "layer.outputs.words":
    "One logit for each digit: a score, not yet a probability. Each is the sum of the {in} values before it, times weights of its own, plus a bias.",
  "layer.outputs.note": "the logits",
  "layer.LogSoftmax": "Log-softmax",
  "layer.LogSoftmax.words":
    "The logits become log-probabilities: from each, the logarithm of the sum of all exp(logit) is subtracted. None is above zero. Their exp gives the ten probabilities beside the answer.",
  "layer.LogSoftmax.note": "exp → probabilities",
  "map.label": "{layer}, map {map}: enlarge",
  "map.pixels": "The values: move with the arrow keys",
  "map.name": "{layer}, map {map}",
  "map.values": "{layer}, {n} values",
  "map.neurons": "{layer}, {n} neurons",
  "map.pixel": "row {row}, column {column}: {value}",
  "map.neuron": "neuron {neuron}: {value}",
  "map.flat": "value {neuron}, of map {map}: {value}",
  "map.frame":
    "Outside the dashed line lies the edge, {frame} wide: there the zeros of the padding take part in the sum.",
  "map.bias": "Its bias: {bias}",
  "map.inputs": "{before}",
  "map.normalised": "{before}, normalised",
  "map.weights": "kernel",
  "map.kernel": "Its kernel",
  "map.kernels": "Its kernel's {n} channels, one for each map of {before}",
  "map.close": "Close",

  "status.lost": "The server does not answer. Your drawing is safe; trying again …",
  "status.failed": "The server does not answer. Please try again.",
  "weights.missing": "The network could not be loaded. Reload the page; your drawing is safe.",
  "weights.not_safetensors":
    "The network's file is no safetensors file. Reload the page; your drawing is safe.",
  "weights.cut": "The network's file arrived incomplete. Reload the page; your drawing is safe.",
  "weights.unfit":
    "The network's file does not fit this page. Reload the page; your drawing is safe.",
  "error.unknown": "The server could not do this. Please try again.",
  "error.bad_request": "The server did not understand the drawing. Reload the page and draw again.",
  "error.bad_points": "Some points of the drawing make no sense. Undo the last stroke.",
  "error.bad_canvas": "The pad has no size. Reload the page.",
  "error.too_many_points": "That is more ink than fits. Clear the pad and draw one digit.",
  "error.too_many_digits": "At most eight digits at once. Clear the pad and write fewer.",
  "error.cannot_keep":
    "The correction could not be kept: see the server's message. Your drawing is safe.",
  "error.bad_picture": "This file is no picture that can be read. Try a PNG or JPEG.",
  "error.too_many_pixels": "This picture has too many pixels. Try a smaller one.",

  "pad.keys":
    "Arrows move (Shift: finer), Space puts the pen down, Enter lifts it, Escape takes back",
  "pad.pen_up": "Pen up, {x} across and {y} down of 100",
  "pad.pen_down": "Pen down, {x} across and {y} down of 100",
  "pad.link": "Copy a link to this drawing",
  "pad.save": "Save drawing, answer and maps as a picture",
  "link.copied": "The link is copied. Whoever opens it sees your drawing; no server keeps it.",
  "link.picture": "A picture does not fit into a link. You can save it instead.",
  "link.too_long": "That is too much ink for a link. You can save a picture instead.",
  "link.bad": "The drawing in this link cannot be read. Was the link cut off?",
  "link.by_hand": "Copying is not allowed here. The link is selected: copy it by hand.",
  "link.field": "Link to this drawing",
  "link.close": "Close",
  "status.no_pictures": "Pictures need a server, and this page has none. Draw a digit instead.",
  "correction.taken_back": "Taken back: nothing of it is kept.",
  "poster.seen": "What the network sees",
  "poster.answer": "Its answer",
  "poster.probs": "The ten probabilities",
  "poster.probs_of": "The ten probabilities of digit {place}: {shown}",
  "poster.scale": "colours end at {end}",

  "error.busy": "Many people send pictures just now. Please try again in a moment.",
  "error.enough_today":
    "Enough for today: no more corrections are kept until tomorrow. Your drawing is safe.",
  "error.elsewhere": "Corrections are kept only where the page is opened at its own address.",
};
