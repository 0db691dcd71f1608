// The words of the step.

const en = {
  "title": "Flatten and dropout",
  "idea":
    "<b>Flatten</b> computes nothing. It puts the <in>maps</in> in a row, map after map and line after line, so that a fully connected layer can weigh every value.\n\n<b>Dropout</b> acts in training only. Before each step it silences values at random, each with probability p. So no neuron can rely on a single value: it may be gone the next time. Those that stay are divided by 1 − p, and their sum stays what it was, on average.\n\nWhen your digit is read, dropout is off: the same drawing should get the same answer.",
  "question":
    "The network reads your {digit}. Now p = {rate}: about half of the {n} values are silenced, others each time. In how many of ten such passes does it still say {digit}?",
  "option.all": "In all ten",
  "option.most": "In five to nine",
  "option.few": "In fewer than five",
  "because":
    "In {kept} of 10, with {low} to {high} for {digit}; with nothing silenced it is {steady}. The answer rests on many values, not on a few.",
  "because.plain":
    "In {kept} of 10, with {low} to {high} for {digit}; with nothing silenced it is {steady}.",
  "remember":
    "Dropout silences values at random while the network learns, so that it relies on none of them; when it reads, dropout is off.",
  "mistake":
    "To leave it on when reading (in PyTorch: to forget model.eval()). Then the same digit gets another answer each time, and more of them are wrong.",

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
  "silenced.none": "Nothing is silenced: so it is when your digit is read",
  "sums": "Why divide by 1 − p: the sum of the values",
  "sum.all": "all of them",
  "sum.kept": "those that stay",
  "sum.scaled": "divided by {share}",
  "passes": "Ten passes (dots) beside the steady answer (line): the ten logits",
  "passes.said":
    "{kept} of 10 passes say {digit}, with {low} to {high}; the steady answer: {steady}",
  "passes.off": "With nothing silenced, all ten passes are the same.",
  "passes.blank": "Draw a digit to see its answer jitter",
  "table": "What dropout does here, % read right",
  "table.rate": "p",
  "table.trained": "trained on",
  "table.held_out": "held out",
  "table.words":
    "Medians of three seeds on 3,000 digits each, by {command}. Dropout is meant to close the gap between digits that were trained on and digits that were not. So small a network, whose training digits are moved anew each time, has hardly any: more dropout costs it a little.",
  "table.ours": "the network on this page",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "展平与 dropout",
  "idea":
    "<b>展平</b>什么也不计算。它把<in>特征图</in>排成一行：一张接一张，一行接一行，好让全连接层给每个值配一个权重。\n\n<b>Dropout</b>（随机失活）只在训练时起作用。每一步之前，每个值都以概率 p 被随机置零。这样没有神经元能只靠某一个值：下一次它也许就不在了。留下的值除以 1 − p，它们的和平均起来就与原来一样。\n\n读你的数字时，dropout 是关闭的：同一幅画，应该得到同一个回答。",
  "question":
    "网络把你的画读成 {digit}。现在 p = {rate}：{n} 个值中约有一半被置零，每次都不一样。这样读十次，有几次仍然读成 {digit}？",
  "option.all": "十次都是",
  "option.most": "五到九次",
  "option.few": "不到五次",
  "because":
    "十次中有 {kept} 次，{digit} 的概率在 {low} 到 {high} 之间；一个也不置零时是 {steady}。这个回答靠的是许多值，而不是少数几个。",
  "because.plain":
    "十次中有 {kept} 次。{digit} 的概率在 {low} 到 {high} 之间；一个也不置零时是 {steady}。",
  "remember":
    "学习时，dropout 随机让一些值缺席，网络就不会只依赖其中哪一个；读数字时，dropout 关闭。",
  "mistake":
    "读数字时忘了关掉它（在 PyTorch 里就是忘了 model.eval()）。那样同一个数字每次得到的回答都不同，错的也更多。",

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
  "passes": "十次（点）与稳定的回答（竖线）：十个 logit",
  "passes.said": "十次中有 {kept} 次读成 {digit}，概率 {low} 到 {high}；稳定的回答：{steady}",
  "passes.off": "一个也不置零，十次就完全一样。",
  "passes.blank": "画一个数字，看它的回答怎样晃动",
  "table": "在这里 dropout 有什么作用（读对的百分比）",
  "table.rate": "p",
  "table.trained": "训练过的",
  "table.held_out": "留出的",
  "table.words":
    "各 3,000 个数字，三个随机种子的中位数，由 {command} 测得。Dropout 本是为了缩小“训练过的”与“没见过的”之间的差距。这个网络很小，训练用的数字又每次都重新挪动变形，本来就几乎没有差距：dropout 再多，反而要损失一点。",
  "table.ours": "本页的网络",
};

export const words = { en, zh };
