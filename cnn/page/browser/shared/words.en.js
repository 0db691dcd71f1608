// Every word on the page, in English. words.zh.js has the same keys: `deno check` sees to it.

export const en = {
  "title": "Draw a digit, watch the network read it",
  "lead":
    "While your pen moves, a small convolutional network reads along. Below, every layer shows, live, what it makes of your drawing.",
  "language": "中文",
  "language.label": "Switch to Chinese",
  "theme.label": "Light or dark",

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

  "seen": "What the network sees",
  "seen.words":
    "Cropped, its longer side scaled to 20 pixels, centred by its mass: 28 × 28 pixels.",
  "seen.label": "The 28 by 28 pixels that the network sees",
  "answer": "Its answer",
  "answer.none": "nothing drawn yet",
  "answer.read": "I read {digit}, {percent}% sure",
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
  "correction.words":
    "A tap keeps this drawing and your digit in a file on the computer that runs this page, to train with. Nothing is kept without it.",
  "correction.strokes": "Only what is drawn here can be kept, not a picture.",
  "correction.saved": "Thank you, kept. To train with it: python train.py --extra FILE",

  "network": "Layer by layer",
  "network.words":
    "One colour scale for each layer: orange is positive, blue is negative, the background colour is zero; beyond the ends of the scale the colour stays the same. Point at a map, or tap it, to enlarge it.",
  "block.maps": "Convolution {n}: each value sees at most {field} of the {side} pixels",
  "block.vectors": "Fully connected: each neuron weighs all values before it",
  "layer.Conv2d": "Convolution",
  "layer.Conv2d.single":
    "{out} kernels of {kernel} slide over the picture (stride {stride}, padding {padding}). Each weighs the pixels under it, sums them and adds its bias. The picture is normalised first, so paper is not zero but negative: even blank paper can light a map. The small square is the kernel.",
  "layer.Conv2d.words":
    "{out} kernels of {kernel}, each with {in} channels: one for each map before it (stride {stride}, padding {padding}). The results of a kernel's {in} channels and its bias are added up: one new map. The strip shows these channels.",
  "layer.ReLU": "ReLU",
  "layer.ReLU.words": "What is negative becomes zero; what is positive stays as it is.",
  "layer.MaxPool2d": "Max pooling",
  "layer.MaxPool2d.words":
    "A window of {kernel} moves in steps of {stride} and keeps the largest value: {from} becomes {to}.",
  "layer.AvgPool2d": "Average pooling",
  "layer.AvgPool2d.words":
    "A window of {kernel} moves in steps of {stride} and keeps the mean of its values: {from} becomes {to}.",
  "layer.Linear": "Fully connected",
  "layer.Linear.flattened":
    "The {in} values of all maps, flattened into one row. Each of {out} neurons sums them with weights of its own and adds its bias. In training, dropout sets a random part of the {in} to zero at each step; here it is off.",
  "layer.Linear.words":
    "Each of {out} neurons sums the {in} values before it with weights of its own, and adds its bias.",
  "layer.outputs": "{out} outputs",
  "layer.outputs.words":
    "One logit for each digit: a score, not yet a probability. Log-softmax turns the {out} logits into log-probabilities; exp of these gives the ten probabilities above.",
  "map.label": "{layer}, map {map}: enlarge",
  "map.name": "{layer}, map {map}",
  "map.neurons": "{layer}, {n} neurons",
  "map.range": "from {low} to {high}",
  "map.pixel": "row {row}, column {column}: {value}",
  "map.neuron": "neuron {neuron}: {value}",
  "map.kernel": "Its kernel",
  "map.kernels": "Its kernel's {n} channels, one for each map of {before}",
  "map.close": "Close",

  "status.lost": "The server does not answer. Your drawing is safe; trying again …",
  "status.failed": "The server does not answer. Please try again.",
  "error.unknown": "The server could not do this. Please try again.",
  "error.bad_request": "The server did not understand the drawing. Reload the page and draw again.",
  "error.bad_points": "Some points of the drawing make no sense. Undo the last stroke.",
  "error.bad_canvas": "The pad has no size. Reload the page.",
  "error.too_many_points": "That is more ink than fits. Clear the pad and draw one digit.",
  "error.too_many_digits": "At most eight digits at once. Clear the pad and write fewer.",
  "error.cannot_keep":
    "The correction could not be kept: see the server's message. Your drawing is safe.",
  "error.bad_picture": "This file is no picture that can be read. Try a PNG or JPEG.",
  "error.not_uploaded": "This picture was not uploaded. Open it again.",
  "error.too_many_pixels": "This picture has too many pixels. Try a smaller one.",
};
