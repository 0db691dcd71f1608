// The words of the step.

const en = {
  "title": "Log-softmax",
  "idea":
    "The last layer gives ten <in>logits</in>: scores of any size, below zero too. <b>Softmax</b> makes <out>probabilities</out> of them: e ≈ 2.718 to the power of each (exp), divided by the sum of these ten powers. None is negative, and they add up to 1.\n\n<b>Log-softmax</b> is the natural logarithm of that (ln, here log): the logit minus the logarithm of the sum.",
  "question":
    "{first} has the logit {high}, {last} has {low}. How many times as probable as {last} is {first}?",
  "option.difference": "{value} times",
  "option.two": "{value} times",
  "option.power": "{value} times",
  "because":
    "The sum below both cancels out. What is left is e to the power of {high} − {low} {equals} {difference}: about {value}. Each 1 more in a logit is another factor e.",
  "remember": "Softmax turns differences between logits into ratios between probabilities.",
  "mistake":
    "“99% means that it is right.” It only says how far one logit is ahead of the others. Even a scribble gets ten probabilities.",

  "temperature": "Temperature",
  "temperature.words":
    "Each logit is divided by {t} before softmax. Above 1, the ten probabilities come closer together; below 1, the largest grows. Their order stays.",
  "relu": "ReLU before it",
  "relu.words":
    "{n} logits below zero have become 0: nothing tells these digits apart any more, and in training no correction would get through to them. So no activation comes before log-softmax.",
  "steady": "The thin lines: what the network really answers.",
  "trained":
    "Training does not ask for 1, for which a logit would have to grow without end. It asks for {target} for the right digit and {other} for each of the others: smoothed labels. That left the network more cautious than it had to be. So after training all logits were divided by {temperature}, the temperature at which the probabilities best fit digits that it had not learned from.",
  "digit": "Digit",
  "logit": "Logit",
  "power": "≈ exp(logit)",
  "prob": "Probability",
  "sum": "Sum",
  "fraction": "Of digit",
  "fraction.digit": "{digit}",
  "fraction.share": "Softmax: {power} ÷ {sum} ≈ <out>{prob}</out>",
  "fraction.log":
    "Log-softmax: <in>{logit}</in> − log {sum} ≈ <in>{logit}</in> − {log} {equals} <out>{value}</out>",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "Log-softmax",
  "idea":
    "最后一层给出十个 <in>logit</in>，也就是得分，可大可小，可正可负。<b>Softmax</b> 把它们变成<out>概率</out>：先求 e（≈ 2.718）的 logit 次方（exp），再除以这十个数的和。这样没有负数，加起来正好是 1。\n\n<b>Log-softmax</b> 再取自然对数（ln，这里写作 log）：logit 减去那个和的对数。",
  "question":
    "{first} 的 logit 是 {high}，{last} 的是 {low}。那么 {first} 的概率是 {last} 的几倍？",
  "option.difference": "{value} 倍",
  "option.two": "{value} 倍",
  "option.power": "{value} 倍",
  "because":
    "两个概率相除，分母相同，可以约掉，只剩 e 的 {high} − {low} {equals} {difference} 次方，约为 {value}。logit 每多 1，概率之比就再乘以一个 e。",
  "remember": "Softmax 把 logit 的“差”变成概率的“倍数”。",
  "mistake":
    "“99% 就是读对了。”其实它只说明一个 logit 领先其余九个多远。乱涂一团，也会得到十个概率，加起来也是 1。",

  "temperature": "温度",
  "temperature.words":
    "Softmax 之前，每个 logit 先除以 {t}。温度大于 1，十个概率彼此靠拢；小于 1，最大的更大。名次不变。",
  "relu": "前面加 ReLU",
  "relu.words":
    "{n} 个负的 logit 都变成了 0：这些数字再也分不出高下；训练时，修正也传不到它们那里。所以 log-softmax 前面不加激活函数。",
  "steady": "细线标出网络真正的回答。",
  "trained":
    "训练并不要求概率达到 1：真要达到 1，logit 就得无限增大。训练要求正确数字的概率是 {target}，其余每个是 {other}，这叫标签平滑。这样训练出来的网络过于谨慎，所以训练之后，所有 logit 都除以了 {temperature}：在没有学过的数字上，这个温度下的概率最符合实际。",
  "digit": "数字",
  "logit": "Logit",
  "power": "≈ exp(logit)",
  "prob": "概率",
  "sum": "和",
  "fraction": "看数字",
  "fraction.digit": "{digit}",
  "fraction.share": "Softmax：{power} ÷ {sum} ≈ <out>{prob}</out>",
  "fraction.log":
    "Log-softmax：<in>{logit}</in> − log {sum} ≈ <in>{logit}</in> − {log} {equals} <out>{value}</out>",
};

export const words = { en, zh };
