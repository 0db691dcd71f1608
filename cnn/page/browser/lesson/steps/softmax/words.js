// The words of the step.

const en = {
  "title": "Log-softmax",
  "idea":
    "The last layer gives ten <in>logits</in>: scores of any size, below zero too. Softmax makes <out>probabilities</out> of them: take e to the power of each (exp), and divide by the sum of all ten. None is negative, and they add up to 1.\n\nLog-softmax is the logarithm of that: the logit minus the logarithm of the sum. Training wants it for the digit that was meant to be as near to zero as it can be.",
  "question":
    "Your digit's logits: {first} has {high}, the next is {second} with {low}. How many times as probable as {second} is {first}?",
  "option.difference": "{value} times: the difference of the logits",
  "option.two": "{value} times: 2 to the power of the difference",
  "option.power": "{value} times: e to the power of the difference",
  "because":
    "Both fractions have the same sum below, so it cancels out. What is left is e to the power of {high} − {low} = {difference}, and that is {value}. Each 1 more in the logit makes a digit e = 2.718 times as probable.",
  "remember": "Softmax turns differences between logits into ratios between probabilities.",
  "mistake":
    "“99% means that it is right.” It says how far one logit is ahead of the other nine. A scribble gets ten probabilities that add up to 1 as well.",

  "temperature": "Temperature",
  "temperature.words":
    "Each logit is divided by the temperature first. Hot: all ten come closer together. Cold: the winner takes all. The order never changes.",
  "temperature.own":
    "After training, this network's last layer was divided by {temperature}, the temperature at which its probabilities best fitted digits that it had not learnt from.",
  "relu": "ReLU before it",
  "relu.on":
    "{n} logits below zero have become 0, and equal: nothing tells these digits apart any more. In training, ReLU would let no correction through to them either. So the last layer has no activation.",
  "relu.off": "ReLU would make {n} of these ten logits 0.",
  "digit": "Digit",
  "logit": "Logit",
  "power": "exp(logit)",
  "prob": "Probability",
  "row.label": "The fraction of {digit}",
  "sum": "Sum",
  "fraction": "The probability of {digit}",
  "fraction.log":
    "Its logarithm: <in>{logit}</in> − log {sum} = <in>{logit}</in> − {log} = <out>{value}</out>",
  "steady": "The thin lines are what the network really answers.",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "Log-softmax",
  "idea":
    "最后一层给出十个 <in>logit</in>：它们是得分，可大可小，也可以是负数。Softmax 把它们变成<out>概率</out>：先各取 e 的这么多次方（exp），再除以十个之和。于是没有负数，加起来等于 1。\n\nLog-softmax 就是它的对数：logit 减去那个和的对数。训练要做的，是让正确数字的这个值尽量接近零。",
  "question":
    "你的数字的 logit：{first} 是 {high}，其次 {second} 是 {low}。{first} 的概率是 {second} 的多少倍？",
  "option.difference": "{value} 倍：两个 logit 之差",
  "option.two": "{value} 倍：2 的“差”次方",
  "option.power": "{value} 倍：e 的“差”次方",
  "because":
    "两个分数的分母相同，可以约掉，剩下 e 的 {high} − {low} = {difference} 次方，也就是 {value}。logit 每大 1，概率就变为原来的 e = 2.718 倍。",
  "remember": "Softmax 把 logit 之间的“差”变成概率之间的“倍数”。",
  "mistake":
    "“99% 就是说它对了。”它只说明一个 logit 领先其余九个多远。乱涂一团，也会得到加起来等于 1 的十个概率。",

  "temperature": "温度",
  "temperature.words":
    "先把每个 logit 除以温度。温度高，十个概率彼此靠拢；温度低，第一名独占。名次永远不变。",
  "temperature.own":
    "训练结束后，本网络的最后一层除以了 {temperature}：在这个温度下，它的概率与没有学过的数字最相符。",
  "relu": "前面加 ReLU",
  "relu.on":
    "{n} 个负的 logit 都变成了 0，彼此相等：这些数字再也分不出高下。训练时，ReLU 也不让修正传到它们那里。所以最后一层不用激活函数。",
  "relu.off": "ReLU 会把这十个 logit 中的 {n} 个变成 0。",
  "digit": "数字",
  "logit": "Logit",
  "power": "exp(logit)",
  "prob": "概率",
  "row.label": "{digit} 的分数式",
  "sum": "和",
  "fraction": "{digit} 的概率",
  "fraction.log":
    "取对数：<in>{logit}</in> − log {sum} = <in>{logit}</in> − {log} = <out>{value}</out>",
  "steady": "细线标出网络真正的回答。",
};

export const words = { en, zh };
