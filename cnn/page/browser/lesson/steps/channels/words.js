// The words of the step.

const en = {
  "title": "Channels",
  "idea":
    "A convolution reads all <in>maps before</in> it, its input channels, and gives new <out>maps</out>, its output channels. For each new map it has a <kernel>kernel</kernel>, and in each kernel a channel for each map before.\n\nEach channel slides over its own map and gives one number at every place. Point at a pixel to read them.",
  "question":
    "Take the largest value of {stage} on your digit. It is in map {map}, and the kernel’s {n} channels gave {n} numbers for it. What becomes of them?",
  "option.largest": "The largest stays: {value}",
  "option.mean": "Their mean: {value}",
  "option.sum": "Added up, with the bias: {value}",
  "because": "Every map before counts, for or against; then the bias, {bias}.",
  "remember": "A kernel for each map that comes out; in it, a channel for each map that goes in.",
  "mistake":
    "“A 3 × 3 kernel has nine weights.” It has nine for each map before it: 8 × 9 = 72 after eight maps, and a bias.",

  "in_out":
    "<in>{before}: {in} maps</in> go in, <out>{stage}: {out} maps</out> come out. Choose one of them:",
  "map": "Map {map} of {stage}",
  "maps": "Maps of {stage}",
  "parts": "<in>Map before</in>, <kernel>the channel for it</kernel>, and what it gives",
  "out": "<out>Map {map}</out>: row {row}, column {column}",
  "out.label": "Map {map} of {stage}; choose a pixel",
  "sum.parts": "all channels",
  "size": "Kernel",
  "size.learned": "{rows} × {columns}, as learned",
  "size.middle": "1 × 1: only its middle",
  "size.words":
    "A 1 × 1 kernel sees no neighbours: at each pixel it mixes the {in} values there, one of each map, by {in} weights and a bias. Such layers change how many maps there are.",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "通道",
  "idea":
    "卷积层把<in>前面的特征图</in>（它的输入通道）全部读进来，算出新的<out>特征图</out>（它的输出通道）。每张新特征图各有一个<kernel>卷积核</kernel>；前面有几张特征图，每个卷积核就有几个通道，一一对应。\n\n每个通道只在自己那张特征图上滑动，在每个位置得出一个数。指向一个像素，就能看到这些数。",
  "question":
    "看看你的数字在 {stage} 里最大的那个值：它在第 {map} 张特征图上，卷积核的 {n} 个通道为它算出了 {n} 个数。接下来怎么处理这 {n} 个数？",
  "option.largest": "只留最大的：{value}",
  "option.mean": "取平均：{value}",
  "option.sum": "全部相加，再加偏置：{value}",
  "because": "前面每张特征图都有影响，有的让它变大，有的让它变小；最后再加偏置 {bias}。",
  "remember": "前面有几张特征图，一个卷积核就有几个通道；后面要几张特征图，就有几个卷积核。",
  "mistake":
    "“3 × 3 的卷积核有九个权重。”其实前面每张特征图都要配九个：前面有八张，就是 8 × 9 = 72 个，再加一个偏置。",

  "in_out":
    "输入 <in>{before} 的 {in} 张特征图</in>，输出 <out>{stage} 的 {out} 张特征图</out>。选一张看看：",
  "map": "{stage} 的第 {map} 张特征图",
  "maps": "{stage} 的各张特征图",
  "parts": "<in>前面的特征图</in>、<kernel>对应的通道</kernel>，以及算出的结果",
  "out": "<out>第 {map} 张</out>，第 {row} 行第 {column} 列",
  "out.label": "{stage} 的第 {map} 张特征图；可选一个像素",
  "sum.parts": "各通道之和",
  "size": "卷积核",
  "size.learned": "{rows} × {columns}，训练学得",
  "size.middle": "1 × 1：只留中心",
  "size.words":
    "1 × 1 的卷积核不看相邻的像素：在每个像素处，它只把那里的 {in} 个值（每张特征图一个）混合起来，用的是 {in} 个权重和一个偏置。这种层可以改变特征图的张数。",
};

export const words = { en, zh };
