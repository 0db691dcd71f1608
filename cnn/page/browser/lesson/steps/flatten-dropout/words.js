// The words of the step.

const en = {
  "title": "Flatten and dropout",
  "idea":
    "<b>Flatten</b> computes nothing: it puts the <in>maps</in> in one row, map after map, for the next layer.\n\n<b>Dropout</b> acts in training only: each value is silenced (set to 0) with probability p, others for each digit, so that no neuron relies on a single one. Those that stay are divided by 1 − p: on average the sum is as before.",
  "question":
    "With p = {rate}, about half of the {n} values are silenced, others in each pass. How many of ten passes still read {digit}?",
  "option.all": "All ten",
  "option.most": "Five to nine",
  "option.few": "Fewer than five",
  "because":
    "{kept} of 10, {low} to {high} sure; with nothing silenced it is {steady}. The answer rests on many values: half are enough.",
  "because.plain":
    "{kept} of 10, {low} to {high} sure; with nothing silenced it is {steady}. The half that is left is not always enough.",
  "remember":
    "Dropout silences values at random in training, so that the network relies on no single one. When it reads, dropout is off.",
  "mistake":
    "Leaving it on (in PyTorch: forgetting model.eval()): each reading gives other probabilities.",

  "maps": "<in>{stage}</in>: {channels} × {rows} × {columns}",
  "maps.label": "The maps of {stage}; choose a value",
  "row": "In a row of {n} values, here a line for each map",
  "row.label": "The values in a row; choose one",
  "place":
    "Map {map}, line {line}, column {column}: value {maps} × {area} + {lines} × {columns} + {column} = <out>{place}</out>",
  "rate": "Dropout rate p",
  "off": "off",
  "resample": "Silence others",
  "silenced": "{count} of {n} silenced",
  "silenced.none": "none silenced",
  "sums": "Why divide by 1 − p: sums of values",
  "sum.all": "all of them",
  "sum.kept": "what stays",
  "sum.scaled": "÷ {share} ≈",
  "passes": "Logits in ten passes; lines: none silenced",
  "passes.said":
    "{kept} of 10 passes read {digit}, {low} to {high} sure; with nothing silenced: {steady}",
  "passes.off": "With nothing silenced, all ten passes are the same.",
  "passes.blank": "Draw a digit to see its answer jitter.",
  "table": "Read correctly, %; this page: p = {own}",
  "table.rate": "p",
  "table.trained": "training set",
  "table.held_out": "held-out set",
  "table.words":
    "Dropout is against overfitting: remembering the training set by heart. This network has little to overfit with: it is small, and its tens of thousands of digits are moved anew each time. So dropout gains it nothing. Medians of three runs, an earlier recipe; 0.03 is one of 3,000 digits; {command}",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "展平与 dropout",
  "idea":
    "<b>展平</b>什么也不计算，只把<in>特征图</in>一张接一张排成一行，交给后面的全连接层。\n\n<b>Dropout</b>（随机失活）只在训练时起作用：每个值各有 p 的概率被置零（变成 0），每学一个数字就换一批，这样没有哪个神经元能只靠一个值。留下的值除以 1 − p，平均来看，总和与原来一样。",
  "question": "p = {rate} 时，{n} 个值约有一半被置零，每次都不一样。读十次，几次还读作 {digit}？",
  "option.all": "十次都是",
  "option.most": "五到九次",
  "option.few": "不到五次",
  "because":
    "10 次里有 {kept} 次，概率从 {low} 到 {high}；一个也不置零时是 {steady}。这个回答靠的是许多值，留下一半就够了。",
  "because.plain":
    "10 次里有 {kept} 次，概率从 {low} 到 {high}；一个也不置零时是 {steady}。留下的一半，有时不够用。",
  "remember":
    "训练时，dropout 随机把一些值置零，免得网络只依赖其中某一个；读数字时，dropout 关闭。",
  "mistake":
    "读数字时忘了关掉它（在 PyTorch 里就是忘了 model.eval()）：同一个数字，每次得到的概率都不一样。",

  "maps": "<in>{stage}</in>：{channels} × {rows} × {columns}",
  "maps.label": "{stage} 的特征图；可选一个值",
  "row": "排成一行，共 {n} 个值；这里每张特征图另起一行",
  "row.label": "排成一行的值；可选一个",
  "place":
    "第 {map} 张，第 {line} 行，第 {column} 列：第 {maps} × {area} + {lines} × {columns} + {column} = <out>{place}</out> 个值",
  "rate": "Dropout 率 p",
  "off": "关",
  "resample": "换一批置零",
  "silenced": "{n} 个中置零了 {count} 个",
  "silenced.none": "一个也没有置零",
  "sums": "为什么要除以 1 − p：看各个值的和",
  "sum.all": "全部的和",
  "sum.kept": "留下的和",
  "sum.scaled": "÷ {share} ≈",
  "passes": "十次置零后的 logit（点）；一个也不置零时（线）",
  "passes.said":
    "10 次里有 {kept} 次读作 {digit}，概率从 {low} 到 {high}；一个也不置零时是 {steady}",
  "passes.off": "一个也不置零，十次就完全一样。",
  "passes.blank": "画一个数字，看它的回答怎样跳动。",
  "table": "读对的百分比；本页 p = {own}",
  "table.rate": "p",
  "table.trained": "训练集",
  "table.held_out": "验证集",
  "table.words":
    "Dropout 用来防止过拟合，过拟合就是只背下训练集，没有真正学会。这个网络几乎不会过拟合：它很小，训练用的几万个数字又每次都重新挪动，所以 dropout 在这里没有好处。表中的数，是用早先的训练方案跑三次的中位数；0.03 就是 3,000 个数字中的一个；{command}",
};

export const words = { en, zh };
