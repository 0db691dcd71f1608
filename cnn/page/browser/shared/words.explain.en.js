// The words of the explanations, in English: how any number came about. They are part of en.

export const en = {
  "light.hint": "Click a value to keep it, and see how it is made.",
  "cell.map": "{layer}, map {map}, row {row}, column {column}",
  "cell.value": "{layer}, value {neuron}",
  "cell.neuron": "{layer}, neuron {neuron}",
  "cell.digit": "{layer}, digit {digit}",
  "cell.short": "map {map}, row {row}, column {column}",
  "cell.short.neuron": "neuron {neuron}",
  "cell.short.value": "value {neuron}",
  "sum.all": "Sum of the products",
  "sum.channel": "{layer} {map}",
  "sum.bias": "Bias",
  "sum.rest": "the other {n}",
  "sum.rounding": "rounding",
  "sum.total": "{layer}",
  "sum.relu": "ReLU: max(0, {input}) = {value}",
  "sum.zeros": "{zeros} of the {n} values are 0 and add nothing.",
  "sum.silent":
    "No neuron of {before} fired: all {n} are 0. So {layer} gives its bias alone, whatever is drawn.",
  "sum.nothing": "All {n} values of {before} are 0, so {layer} gives its bias alone.",
  "sum.pixel": "({pixel} − {mean}) ÷ {std} {is} {value}",
  "sum.pixel.words": "This pixel, normalised, is what {layer} is given.",
  "sum.max": "The largest of the {n} is kept: {value}",
  "sum.mean": "({sum}) ÷ {n} {is} {value}",
  "sum.flat": "({map} − 1) × {area} + ({row} − 1) × {width} + {column} = {neuron}",
  "sum.flat.words": "Map {map}, row {row}, column {column} of {layer} is value {neuron}.",
  "sum.dropout":
    "Dropout is off here: {value} passes as it is. In training it would be set to 0 with a probability of {rate}%, and otherwise divided by {kept}.",
  "sum.where": "Where all contributions lie in {layer}",
  "sum.where.vector": "The contributions of all {n} values",
  "sum.softmax.words":
    "Before exp, the largest logit, {largest}, is subtracted from each: it cancels out in the fraction, and no number grows too large.",
  "sum.log": "and its logarithm: log({prob}) {is} {value}",
  "sum.muted": "Muted, so the next layer gets 0.",

  "trace": "Trace to the ink",
  "trace.answer": "Trace",
  "trace.answer.label": "Trace the answer {digit} back to the ink",
  "trace.neuron": "Trace neuron {neuron} to the ink",
  "trace.stop": "Stop tracing",
  "trace.found":
    "{layer}: back to the {n} pixels of ink that count most. Through max pooling the way follows the largest value, through a sum its positive terms.",
  "trace.none": "{layer}: nothing positive leads back to the ink. Its bias or blank paper made it.",

  "why": "Why not {other}?",
  "why.title": "Why {digit}, not {other}?",
  "why.choose": "Compare with",
  "why.words":
    "The logit of {digit} is {mine}, that of {other} {theirs}. Each neuron of {layer} adds its value × the difference of its two weights: orange speaks for {digit}, blue for {other}.",
  "why.trace": "Trace {digit} to the ink",
  "why.difference": "{digit} leads by",
  "why.behind": "{digit} trails by",
  "why.neuron": "neuron {neuron}: {activation} × {weight} ≈",
  "why.silent":
    "No neuron of {layer} fired: all of them are 0. What is left are the two biases, the same for every drawing: nothing was recognised.",

  "mute.map": "Mute this map",
  "mute.neuron": "Mute neuron {neuron}",
  "mute.digit": "Mute the logit of {digit}",
  "mute.value": "Mute value {neuron}",
  "map.digits": "The digits: move with the arrow keys",
  "map.digit": "digit {digit}: {value}",
  "mute.off": "Unmute",
  "mute.all": "Unmute all ({n})",
  "mute.label": "{layer}, map {map}, muted: enlarge",
};
