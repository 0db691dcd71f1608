// The words of the step.

const en = {
  "title": "Costs",
  "idea":
    "What a network learns are its weights and biases: its <b>parameters</b>. They take up room. What takes time are the <b>multiplications</b> for each digit that is read.\n\nA convolution uses its few weights at every place. In a fully connected layer, each neuron has its own weight for each value before it.",
  "question":
    "{layer} has {parameters} of the {total} parameters. Which layer multiplies most often to read one digit?",
  "option": "{layer}",
  "because":
    "{busiest}: {formula} = {product}. It uses each weight again at all {places} places; {layer} uses each of its {once} weights once.",
  "because.same": "{busiest}: {formula} = {product}.",
  "remember":
    "Convolution: few parameters, much to multiply. Fully connected: many parameters, each used once.",
  "mistake": "“Most parameters, most work.” It also counts how often each of them is used.",

  "costs": "What each layer costs: change its size and see",
  "channels": "Maps of {stage}",
  "kernel": "Kernel’s side",
  "layer": "Layer",
  "parameters": "Parameters",
  "multiplications": "Multiplications for one digit",
  "total": "Together",
  "parameters.words":
    "Parameters: for each map or neuron that comes out, all weights of it and one bias (+ 1).",
  "multiplications.words":
    "Multiplications: each weight once at each place of the map that comes out; a bias is only added.",
  "most": "The most",
  "most.one": "{layer}: {percent}%",
  "reset": "As trained",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "开销",
  "idea":
    "网络要学的是权重和偏置，合起来叫<b>参数</b>。参数占用存储空间；花时间的，则是每读一个数字要做的<b>乘法</b>。\n\n卷积层在每个位置都用同样的几个权重。全连接层里，每个神经元对前面的每个值都有一个自己的权重。",
  "question": "全部 {total} 个参数中，{layer} 有 {parameters} 个。读一个数字，哪一层做的乘法最多？",
  "option": "{layer}",
  "because":
    "{busiest}：{formula} = {product}。它的每个权重在 {places} 个位置上各用一次；{layer} 有 {once} 个权重，每个只用一次。",
  "because.same": "{busiest}：{formula} = {product}。",
  "remember": "卷积层：参数少，乘法多。全连接层：参数多，每个只用一次。",
  "mistake": "“哪一层参数最多，哪一层就最慢。”其实还要看每个参数用多少次。",

  "costs": "每一层的开销：改一改大小，看看会怎样",
  "channels": "{stage} 的特征图张数",
  "kernel": "卷积核边长",
  "layer": "层",
  "parameters": "参数",
  "multiplications": "读一个数字要做的乘法",
  "total": "合计",
  "parameters.words": "参数：每张输出的特征图（或每个神经元）的全部权重，再加一个偏置（+ 1）。",
  "multiplications.words":
    "乘法：在输出特征图的每个位置，每个权重都乘一次；偏置只用来相加，不算在内。",
  "most": "最多",
  "most.one": "{layer}：{percent}%",
  "reset": "恢复原样",
};

export const words = { en, zh };
