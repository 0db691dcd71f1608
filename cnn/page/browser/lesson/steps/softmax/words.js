// The words of the step.

const en = {
  "title": "Log-softmax",
  "idea":
    "The last layer gives ten <in>logits</in>: scores of any size, below zero too. Softmax makes <out>probabilities</out> of them: take e = 2.718 to the power of each (exp), and divide by the sum of all ten. None is negative, and they add up to 1.\n\nLog-softmax is the natural logarithm of that (ln, here written log): the logit minus the logarithm of the sum. Training pushes that of the right digit up towards 0, because log 1 = 0.",
  "question":
    "Your digit's logits: {first} has {high}, the next is {second} with {low}. So {first} is more probable than {second}: how many times?",
  "option.difference": "{value} times: the difference of the logits",
  "option.two": "{value} times: 2 to the power of the difference",
  "option.power": "{value} times: e to the power of the difference",
  "because":
    "Both probabilities are divided by the same sum, so it cancels out. What is left is e to the power of {high} − {low} = {difference}, and that is {value}. Each 1 more in a logit makes its digit 2.718 times as probable, compared with the others.",
  "remember": "Softmax turns differences between logits into ratios between probabilities.",
  "mistake":
    "“99% means that it is right.” It says only how far one logit is ahead of the other nine. A scribble, too, gets ten probabilities that add up to 1.",

  "temperature": "Temperature",
  "temperature.words":
    "Each logit is divided by the temperature first. Hot (above 1): the ten probabilities come closer together. Cold (below 1): the largest grows. The order never changes.",
  "temperature.own":
    "After training, this network's last layer was divided by {temperature}, the temperature at which its probabilities best fitted digits that it had not learned from.",
  "relu": "ReLU before it",
  "relu.on":
    "{n} logits below zero have become 0, all the same: nothing tells these digits apart any more. In training, ReLU would let no correction through to them either. So no activation, such as ReLU, comes before log-softmax.",
  "relu.off": "ReLU would make {n} of these ten logits 0. Switch it on to see why it is left out.",
  "digit": "Digit",
  "logit": "Logit",
  "power": "exp(logit)",
  "prob": "Probability",
  "sum": "Sum",
  "fraction": "The probability of",
  "fraction.digit": "{digit}",
  "fraction.log":
    "Its logarithm: <in>{logit}</in> − log {sum} = <in>{logit}</in> − {log} = <out>{value}</out>",
  "steady": "The thin lines are what the network really answers.",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "Log-softmax",
  "idea":
    "最后一层给出十个 <in>logit</in>，也就是得分，可大可小，可正可负。Softmax 把它们变成<out>概率</out>：先求 e（约 2.718）的 logit 次方（exp），再除以十个之和。这样就没有负数，加起来正好是 1。\n\nLog-softmax 再取自然对数（数学课上的 ln，这里写作 log）：logit 减去那个和的对数。训练就是把正确数字的这个值往 0 推，因为 log 1 = 0。",
  "question":
    "看你画的数字：{first} 的 logit 最大，是 {high}；其次是 {second}，{low}。读作 {first} 的概率是读作 {second} 的几倍？",
  "option.difference": "{value} 倍：两个 logit 之差",
  "option.two": "{value} 倍：2 的“差”次方",
  "option.power": "{value} 倍：e 的“差”次方",
  "because":
    "两个分数的分母相同，可以约掉，剩下 e 的 {high} − {low} = {difference} 次方，也就是 {value}。logit 之差每大 1，概率之比就再乘以 e ≈ 2.718。",
  "remember": "Softmax 把 logit 的“差”变成概率的“倍数”。",
  "mistake":
    "“99% 就是读对了。”其实只说明一个 logit 领先其余九个多远。乱涂一团，也会得到十个概率，加起来也是 1。",

  "temperature": "温度",
  "temperature.words":
    "先把每个 logit 除以温度。温度高（大于 1），十个概率彼此靠拢；温度低（小于 1），最大的更大。名次永远不变。",
  "temperature.own":
    "训练结束后，本网络最后一层的权重和偏置都除以了 {temperature}：拿没有学过的数字来试，这个温度下的概率最符合实际。",
  "relu": "前面加 ReLU",
  "relu.on":
    "{n} 个负的 logit 都变成了 0，彼此相等：这些数字再也分不出高下。训练时，修正也会被 ReLU 挡住，传不到它们那里。所以 log-softmax 前面不加 ReLU 这样的激活函数。",
  "relu.off": "ReLU 会把这十个 logit 中的 {n} 个变成 0。打开看看，就明白为什么不加它。",
  "digit": "数字",
  "logit": "Logit",
  "power": "exp(logit)",
  "prob": "概率",
  "sum": "和",
  "fraction": "看哪个数字的概率",
  "fraction.digit": "{digit}",
  "fraction.log":
    "取自然对数：<in>{logit}</in> − log {sum} = <in>{logit}</in> − {log} = <out>{value}</out>",
  "steady": "细线标出网络真正的回答。",
};

export const words = { en, zh };
