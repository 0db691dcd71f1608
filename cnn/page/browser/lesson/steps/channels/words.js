// The words of the step.

const en = {
  "title": "Channels",
  "idea":
    "A convolution gives many maps, and the next one reads them all. For each new <out>map</out> it has a <kernel>kernel</kernel>, and in each kernel a channel for each <in>map before</in>. Each channel gives a sum of its own; these sums and one <bias>bias</bias> are added up.\n\nWhat does that cost? Weights and biases are the parameters. A convolution uses its few weights at every place: few parameters, much to multiply. In a fully connected layer each neuron has a weight of its own for every value before it: many parameters, each used once.",
  "question":
    "Take the largest value of {stage} on your digit. It is in map {map}, and the kernel's {n} channels gave {n} sums for it. What becomes of them?",
  "option.largest": "The largest stays: {value}",
  "option.mean": "Their mean: {value}",
  "option.sum": "They are added, with the bias: {value}",
  "because": "{terms}, and the bias {bias}, make {value}. Every map before counts, for or against.",
  "remember":
    "One kernel for each map that comes out; in each kernel, one channel for each map that goes in.",
  "mistake":
    "“A 3 × 3 kernel has nine weights.” It has nine for each map before it: after eight maps 8 × 9 = 72, and one bias.",

  "in_out":
    "<in>{before}: {in} maps</in> go in, <out>{stage}: {out} maps</out> come out. Choose one of them:",
  "map": "Map {map} of {stage}",
  "maps": "Maps of {stage}",
  "parts": "<in>Map before</in>, <kernel>the channel for it</kernel>, and what it adds",
  "added": "Added up, <out>map {map}</out>",
  "sum.label": "Map {map} of {stage}; choose a pixel",
  "sum":
    "At row {row}, column {column}: {terms}, bias <bias>{bias}</bias>, makes <out>{value}</out>",
  "size": "Kernel",
  "size.learned": "{rows} × {columns}, as learned",
  "size.middle": "1 × 1: only its middle",
  "size.words":
    "A 1 × 1 kernel sees no neighbours: at each pixel it mixes the {in} values there, one of each map, by {in} weights and a bias. Such layers change how many maps there are.",
  "costs": "What each layer costs",
  "channels": "Maps of {stage}",
  "kernel": "Kernel's side",
  "layer": "Layer",
  "parameters": "Parameters",
  "multiplications": "Multiplications for one digit",
  "total": "Together",
  "share":
    "{layer} alone holds {percent}% of the {total} parameters; {busiest} does the most multiplying, {busy}% of it.",
  "reset": "As trained",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "通道",
  "idea":
    "一层卷积给出许多张特征图，下一层把它们全部读进去。每张新的<out>特征图</out>要一个<kernel>卷积核</kernel>，每个卷积核又为<in>前面的每张特征图</in>各备一个通道。每个通道算出一个和，这些和再与一个<bias>偏置</bias>相加。\n\n这要花多少？权重和偏置就是参数。卷积层在每个位置都用同样几个权重：参数少，乘法多。全连接层里，每个神经元对前面的每个值都有自己的权重：参数多，每个只用一次。",
  "question":
    "看你的数字在 {stage} 里最大的值。它在第 {map} 张特征图上，卷积核的 {n} 个通道给它算出了 {n} 个和。接下来怎么处理这 {n} 个和？",
  "option.largest": "只留最大的：{value}",
  "option.mean": "取平均：{value}",
  "option.sum": "全部相加，再加偏置：{value}",
  "because": "{terms}，再加偏置 {bias}，得到 {value}。前面每张特征图都有发言权，或赞成，或反对。",
  "remember": "前面有几张特征图，一个卷积核就有几个通道；后面要几张特征图，就有几个卷积核。",
  "mistake":
    "“3 × 3 的卷积核有九个权重。”其实前面每张特征图都要九个：前面有八张，就是 8 × 9 = 72 个，再加一个偏置。",

  "in_out":
    "进去的是 <in>{before} 的 {in} 张特征图</in>，出来的是 <out>{stage} 的 {out} 张</out>。选一张看看：",
  "map": "{stage} 的第 {map} 张特征图",
  "maps": "{stage} 的各张特征图",
  "parts": "<in>前面的特征图</in>、<kernel>对应的通道</kernel>，以及它贡献的部分",
  "added": "加起来就是<out>第 {map} 张特征图</out>",
  "sum.label": "{stage} 的第 {map} 张特征图；可选一个像素",
  "sum": "第 {row} 行第 {column} 列：{terms}，偏置 <bias>{bias}</bias>，得 <out>{value}</out>",
  "size": "卷积核",
  "size.learned": "{rows} × {columns}，训练学得",
  "size.middle": "1 × 1：只留中心",
  "size.words":
    "1 × 1 的卷积核不看邻居：在每个像素处，只把叠在那里的 {in} 个值（每张特征图一个）混合起来，用的是 {in} 个权重和一个偏置。这种层能改变特征图的张数。",
  "costs": "每一层的开销",
  "channels": "{stage} 的特征图",
  "kernel": "卷积核边长",
  "layer": "层",
  "parameters": "参数",
  "multiplications": "读一个数字要做的乘法",
  "total": "合计",
  "share":
    "单是 {layer} 就占了 {total} 个参数的 {percent}%；乘法做得最多的是 {busiest}，占 {busy}%。",
  "reset": "恢复原样",
};

export const words = { en, zh };
