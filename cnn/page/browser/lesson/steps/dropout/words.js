// The words of the step.

const en = {
  "title": "Flatten and dropout",
  "idea":
    "<b>Flatten</b> computes nothing. It puts the <in>maps</in> in one row, map after map and line after line: the fully connected layer after it takes a row.\n\n<b>Dropout</b> acts in training only. For every digit, each of these values is silenced (set to 0) with probability p. So no neuron can rely on a single value, which may be gone the next time. The values that stay are divided by 1 − p, so that on average the sum is as before.\n\nWhen your digit is read, dropout is off: the same drawing gets the same answer. Here you can switch it on.",
  "question":
    "The network reads {digit}. Now set p = {rate}: about half of the {n} values are silenced, others each time. In how many of ten passes through the network does it still say {digit}?",
  "option.all": "All ten",
  "option.most": "Five to nine",
  "option.few": "Fewer than five",
  "because":
    "In {kept} of 10, with a probability of {low} to {high} for {digit}; with nothing silenced it is {steady}. The answer rests on many values: half of them are enough.",
  "because.plain":
    "In {kept} of 10, with a probability of {low} to {high} for {digit}; with nothing silenced it is {steady}. Sometimes the half that is left is not enough.",
  "remember":
    "Dropout silences values at random while the network learns, so that it relies on no single one. When it reads, dropout is off.",
  "mistake":
    "Leaving it on when reading (in PyTorch: forgetting model.eval()). Then the same digit gets other probabilities each time, and more digits are misread.",

  "maps": "<in>{stage}</in>: {channels} maps of {rows} × {columns}",
  "maps.label": "The maps of {stage}; choose a value",
  "row": "In a row: {n} values, a line for each map",
  "row.label": "The values in a row; choose one",
  "place":
    "Map {map}, line {line}, column {column}: ({map} − 1) × {area} + ({line} − 1) × {columns} + {column} = value <out>{place}</out> of {n}",
  "rate": "Dropout rate p",
  "off": "off",
  "resample": "Silence others",
  "silenced": "silenced this time: {count} of {n}",
  "silenced.none": "Nothing is silenced: this is how your digit is read",
  "sums": "Why divide by 1 − p: the sum of the values",
  "sum.all": "all of them",
  "sum.kept": "those that stay",
  "sum.scaled": "divided by {share}",
  "passes":
    "Ten passes (dots) beside the steady answer (line): the scores of the ten digits (logits)",
  "passes.said":
    "{kept} of 10 passes say {digit}, with a probability of {low} to {high}; the steady answer: {steady}",
  "passes.off": "With nothing silenced, all ten passes are the same.",
  "passes.blank": "Draw a digit to see its answer jitter",
  "table": "What dropout does here: % of digits read correctly",
  "table.rate": "p",
  "table.trained": "trained on",
  "table.held_out": "held out",
  "table.words":
    "Each figure is the median of three runs with an earlier recipe, on 3,000 digits, by {command}. Held-out digits were not trained on. Dropout is meant to close the gap between the two columns. A network as small as this, whose training digits are moved anew each time, has hardly any gap: more dropout costs it a little. The beginners' article that this network comes from takes p = 0.5 and calls dropout almost standard equipment of a CNN.",
  "table.ours": "this page's rate",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "展平与 dropout",
  "idea":
    "<b>展平</b>什么也不计算，只把<in>特征图</in>排成一行：一张接一张，每张从上到下逐行接起来。后面的全连接层要的就是一行数。\n\n<b>Dropout</b>（随机失活）只在训练时起作用。每学一个数字，这些值各有 p 的概率被置零（变成 0）。这样，哪个神经元也不能只靠一个值：下一次这个值也许就不在了。留下的值除以 1 − p，总和平均下来就和原来一样。\n\n读你的数字时，dropout 是关闭的：同一幅画，得到同一个回答。在这里你可以打开它。",
  "question":
    "网络把你的画读作 {digit}。现在 p = {rate}：{n} 个值中约有一半被置零，每次都不一样。读十次，几次还是 {digit}？",
  "option.all": "十次都是",
  "option.most": "五到九次",
  "option.few": "不到五次",
  "because":
    "10 次里有 {kept} 次没变，{digit} 的概率最低 {low}，最高 {high}；一个也不置零时是 {steady}。这个回答靠的是许多值，留下一半就够了。",
  "because.plain":
    "10 次里有 {kept} 次没变，{digit} 的概率最低 {low}，最高 {high}；一个也不置零时是 {steady}。留下的一半，有时不够用。",
  "remember": "学习时，dropout 随机让一些值缺席，免得网络死盯着某一个；读数字时，它关闭。",
  "mistake":
    "读数字时忘了关掉它（在 PyTorch 里就是忘了 model.eval()）。那样同一个数字每次得到的概率都不一样，读错的也更多。",

  "maps": "<in>{stage}</in>：{channels} 张，各 {rows} × {columns}",
  "maps.label": "{stage} 的特征图；可选一个值",
  "row": "排成一行：共 {n} 个值，这里每张特征图占一行",
  "row.label": "排成一行的值；可选一个",
  "place":
    "第 {map} 张，第 {line} 行，第 {column} 列：({map} − 1) × {area} + ({line} − 1) × {columns} + {column} = {n} 个值中的第 <out>{place}</out> 个",
  "rate": "Dropout 率 p",
  "off": "关",
  "resample": "换一批置零",
  "silenced": "这一次置零了 {n} 个中的 {count} 个",
  "silenced.none": "一个也没有置零：读你的数字时就是这样",
  "sums": "为什么要除以 1 − p：看各个值的和",
  "sum.all": "全部的和",
  "sum.kept": "留下的和",
  "sum.scaled": "再除以 {share}",
  "passes": "十个得分（logit）：置零后读十次（点），不置零（竖线）",
  "passes.said":
    "10 次里有 {kept} 次读作 {digit}，概率最低 {low}，最高 {high}；一个也不置零时是 {steady}",
  "passes.off": "一个也不置零，十次就完全一样。",
  "passes.blank": "画一个数字，看回答怎样来回跳",
  "table": "在这里 dropout 有什么作用（读对的百分比）",
  "table.rate": "p",
  "table.trained": "训练过的",
  "table.held_out": "留出的",
  "table.words":
    "每个数是三次训练的中位数，各读 3,000 个数字，用的是早先的训练方案，由 {command} 测得。“留出的”没有参与训练。dropout 要缩小的，就是这两列的差距。这个网络很小，训练用的数字又每次都重新挪动，本来就几乎没有差距：dropout 率再高，反而读得略差一点。这个网络所出自的入门文章取 p = 0.5，并称 dropout 几乎是 CNN 的标配。",
  "table.ours": "本页的取值",
};

export const words = { en, zh };
