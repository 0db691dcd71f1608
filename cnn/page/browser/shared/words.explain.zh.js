// The words of the explanations, in Chinese.

/** @type {Record<keyof typeof import("./words.explain.en.js").en, string>} */
export const zh = {
  "light.hint": "点一下某个值，把它固定住，看它是怎样算出来的。",
  "cell.map": "{layer}，第 {map} 张特征图，第 {row} 行第 {column} 列",
  "cell.value": "{layer}，第 {neuron} 个值",
  "cell.neuron": "{layer}，{neuron} 号神经元",
  "cell.digit": "{layer}，数字 {digit}",
  "cell.short": "第 {map} 张，第 {row} 行第 {column} 列",
  "cell.short.neuron": "{neuron} 号神经元",
  "cell.short.value": "第 {neuron} 个值",
  "sum.all": "乘积之和",
  "sum.channel": "{layer} 第 {map} 张",
  "sum.bias": "偏置",
  "sum.rest": "其余 {n} 个",
  "sum.rounding": "舍入误差",
  "sum.total": "{layer}",
  "sum.relu": "ReLU：max(0, {input}) = {value}",
  "sum.zeros": "{n} 个值里有 {zeros} 个是 0，对和没有贡献。",
  "sum.silent":
    "{before} 的 {n} 个神经元全是 0，没有一个被激活。所以无论画什么，{layer} 都只剩下偏置。",
  "sum.nothing": "{before} 的 {n} 个值全是 0，所以 {layer} 只剩下偏置。",
  "sum.pixel": "({pixel} − {mean}) ÷ {std} {is} {value}",
  "sum.pixel.words": "{layer} 得到的，就是标准化之后的这个值。",
  "sum.max": "{n} 个值里只留下最大的：{value}",
  "sum.mean": "({sum}) ÷ {n} {is} {value}",
  "sum.flat": "({map} − 1) × {area} + ({row} − 1) × {width} + {column} = {neuron}",
  "sum.flat.words": "{layer} 第 {map} 张特征图第 {row} 行第 {column} 列，就是第 {neuron} 个值。",
  "sum.dropout":
    "Dropout 在这里是关闭的：{value} 原样通过。训练时它有 {rate}% 的概率被置零，没被置零就除以 {kept}。",
  "sum.where": "全部贡献，各画在 {layer} 中的原位置",
  "sum.where.vector": "全部 {n} 个值的贡献",
  "sum.softmax.words":
    "取 exp 之前，各 logit 先减去最大的 {largest}：这等于分子分母同除以一个数，结果不变，数却不会太大。",
  "sum.log": "再取自然对数：log({prob}) {is} {value}",
  "sum.muted": "已关闭，所以下一层得到的是 0。",

  "trace": "追溯到笔画",
  "trace.answer": "追溯",
  "trace.answer.label": "把回答 {digit} 一路追溯到笔画",
  "trace.neuron": "把 {neuron} 号神经元追溯到笔画",
  "trace.stop": "停止追溯",
  "trace.found":
    "{layer}：追溯到作用最大的 {n} 个笔画像素。经过最大池化时，沿着最大的那个值走；经过求和时，沿着各个正项走。",
  "trace.none": "{layer}：没有正项能追溯到笔画。这个值来自偏置，或来自空白处。",

  "why": "为什么不是 {other}？",
  "why.title": "为什么是 {digit}，不是 {other}？",
  "why.choose": "和哪个数字比",
  "why.words":
    "{digit} 的 logit 是 {mine}，{other} 的是 {theirs}。{layer} 的每个神经元都有一份贡献，等于它的值 × 两个权重之差：橙色支持 {digit}，蓝色支持 {other}。",
  "why.trace": "把 {digit} 追溯到笔画",
  "why.difference": "{digit} 领先",
  "why.behind": "{digit} 落后",
  "why.neuron": "{neuron} 号神经元：{activation} × {weight} ≈",
  "why.silent":
    "{layer} 的神经元全是 0，没有一个被激活。剩下的只有两个偏置，无论画什么都一样：网络什么也没认出来。",

  "mute.map": "关闭这张特征图",
  "mute.neuron": "关闭 {neuron} 号神经元",
  "mute.digit": "关闭 {digit} 的 logit",
  "mute.value": "关闭第 {neuron} 个值",
  "map.digits": "各个数字：用方向键移动",
  "map.digit": "数字 {digit}：{value}",
  "mute.off": "恢复",
  "mute.all": "全部恢复（{n}）",
  "mute.label": "{layer}，第 {map} 张特征图，已关闭：放大",
};
