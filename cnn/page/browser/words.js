// Every word on the page, in English and Chinese, and the switch between them.
//
// An element with data-word="key" shows words[language][key]; data-word-label sets aria-label and
// title. `say` fills {name} with a value.

import { remember, remembered } from "./memory.js";

export const words = {
  en: {
    "title": "Draw a digit, watch the network read it",
    "lead": "While your pen moves, a small convolutional network reads along. Every layer below shows what it sees, live.",
    "language": "中文",
    "language.label": "Switch to Chinese",
    "theme.label": "Light or dark",

    "pad": "Your drawing",
    "pad.label": "Sketchpad: draw a digit from 0 to 9 with mouse, finger or pen",
    "pad.hint": "Draw a digit, 0 to 9",
    "pad.tools": "Tools of the sketchpad",
    "pad.undo": "Undo (Ctrl+Z)",
    "pad.redo": "Redo (Ctrl+Shift+Z)",
    "pad.eraser": "Eraser: takes whole strokes",
    "pad.clear": "Clear (Delete)",
    "pad.picture": "Open a picture or a photo",
    "examples": "Or watch one being drawn",
    "examples.digit": "Draw an example: {name}",
    "examples.small 7": "small 7 in a corner",
    "examples.thin 1": "thin 1",
    "examples.mnist": "A random MNIST digit",

    "seen": "What the network sees",
    "seen.words": "Cropped, scaled to 20 px, centred by its mass: 28 × 28 pixels.",
    "seen.label": "The 28 by 28 pixels that the network sees",
    "answer": "Its answer",
    "answer.none": "nothing drawn yet",
    "answer.read": "I read {digit}, {percent} % sure",
    "answer.certain": "I read {digit}, over 99 % sure",
    "answer.perhaps": "I read {digit}, perhaps {perhaps}",
    "answer.number": "I read {number}",
    "answer.doubtful": "I read {number}, not sure of all of it",
    "answer.no_ink": "nothing drawn in this picture",
    "answer.digit": "{shown}: show the network for this digit",
    "answer.leaning": "Perhaps {digit} …",
    "answer.unsure": "Not sure that this is a digit. If it is one: {digit}",
    "answer.odds": "The ten odds",
    "teach": "Wrong? That was a",
    "teach.words": "A tap keeps this drawing and your digit in a file on this computer, to train with. Nothing is kept without it.",
    "teach.strokes": "Only what is drawn here can be kept, not a picture.",
    "teach.kept": "Thank you, kept. To train with it: python train.py --extra FILE",

    "network": "Layer by layer",
    "network.words": "One colour scale for each layer: orange is positive, blue is negative, plain is zero. Point at a map, or tap it, to enlarge it.",
    "block1": "First convolution: strokes and edges",
    "block2": "Second convolution: corners, loops, crossings",
    "block3": "Fully connected: all the evidence, weighed",
    "conv1": "Convolution",
    "conv1.words": "Eight 3×3 kernels slide over the digit, one pixel at a time. Each makes a map of where its pattern is. The small square is the kernel.",
    "relu1": "ReLU",
    "relu1.words": "Everything negative becomes zero. Only what was found stays.",
    "pool1": "Max pooling",
    "pool1.words": "Of every 2×2 pixels the largest is kept: half the size, the finding stays.",
    "conv2": "Convolution",
    "conv2.words": "Sixteen kernels, each eight layers deep, combine the eight maps. The strip shows a kernel's eight layers.",
    "relu2": "ReLU",
    "relu2.words": "Negative becomes zero again.",
    "pool2": "Max pooling",
    "pool2.words": "Halved once more: 16 maps of 7×7, 784 numbers in all.",
    "fc1": "Fully connected",
    "fc1.words": "128 neurons, each a weighted sum of all 784 numbers.",
    "relu3": "ReLU",
    "relu3.words": "The neurons that fire. In training, dropout silences some of them at random.",
    "fc2": "Ten outputs",
    "fc2.words": "One score for each digit. Log-softmax turns the scores into the odds above.",
    "map.label": "{layer}, map {map}: enlarge",
    "map.name": "{layer}, map {map}",
    "neurons.name": "{layer}, 128 neurons",
    "map.range": "from {low} to {high}",
    "map.pixel": "row {row}, column {column}: {value}",
    "map.kernel": "Its kernel",
    "map.kernels": "Its kernel's {n} layers, one for each map of pool1",
    "map.close": "Close",

    "status.lost": "The server does not answer. Your drawing is safe; trying again …",
    "status.failed": "The server does not answer. Please try again.",
    "error.bad_request": "The server did not understand the drawing. Reload the page and draw again.",
    "error.bad_points": "Some points of the drawing make no sense. Undo the last stroke.",
    "error.bad_canvas": "The pad has no size. Reload the page.",
    "error.too_many_points": "That is more ink than fits. Clear the pad and draw one digit.",
    "error.too_many_digits": "At most eight digits at once. Clear the pad and write fewer.",
    "error.cannot_keep": "The correction could not be kept: see the server's message. Your drawing is safe.",
    "error.bad_picture": "This file is no picture that can be read. Try a PNG or JPEG.",
    "error.not_uploaded": "This picture was not uploaded. Open it again.",
    "error.too_many_pixels": "This picture has too many pixels. Try a smaller one.",
  },
  zh: {
    "title": "画一个数字，看网络怎样读懂它",
    "lead": "笔还在动，一个小小的卷积神经网络就在跟着读。下面每一层都实时显示它看到了什么。",
    "language": "English",
    "language.label": "切换到英文",
    "theme.label": "浅色或深色",

    "pad": "你的画",
    "pad.label": "画板：用鼠标、手指或笔画一个 0 到 9 的数字",
    "pad.hint": "画一个数字，0 到 9",
    "pad.tools": "画板工具",
    "pad.undo": "撤销 (Ctrl+Z)",
    "pad.redo": "重做 (Ctrl+Shift+Z)",
    "pad.eraser": "橡皮：擦掉整笔",
    "pad.clear": "清空 (Delete)",
    "pad.picture": "打开图片或照片",
    "examples": "或者看它自己画一个",
    "examples.digit": "画一个例子：{name}",
    "examples.small 7": "角落里的小 7",
    "examples.thin 1": "细细的 1",
    "examples.mnist": "随机一个 MNIST 数字",

    "seen": "网络看到的",
    "seen.words": "裁剪、缩放到 20 像素、按重心居中：28 × 28 像素。",
    "seen.label": "网络看到的 28 × 28 像素",
    "answer": "它的回答",
    "answer.none": "还没有画",
    "answer.read": "我读到 {digit}，把握 {percent}%",
    "answer.certain": "我读到 {digit}，把握超过 99%",
    "answer.perhaps": "我读到 {digit}，也可能是 {perhaps}",
    "answer.number": "我读到 {number}",
    "answer.doubtful": "我读到 {number}，不全有把握",
    "answer.no_ink": "图片里什么也没画",
    "answer.digit": "{shown}：看网络怎样读这一位",
    "answer.leaning": "也许是 {digit}……",
    "answer.unsure": "不确定这是不是数字。如果是：{digit}",
    "answer.odds": "十个概率",
    "teach": "读错了？其实是",
    "teach.words": "点一下，这幅画和你的数字就存进这台电脑上的一个文件，供训练用。不点就什么也不存。",
    "teach.strokes": "只能保存在这里画的，不能保存图片。",
    "teach.kept": "谢谢，已保存。用它训练：python train.py --extra 文件",

    "network": "一层一层看",
    "network.words": "每层一个色标：橙色为正，蓝色为负，底色为零。指向或轻点一张特征图可以放大。",
    "block1": "第一次卷积：笔画与边缘",
    "block2": "第二次卷积：拐角、圈、交叉",
    "block3": "全连接：权衡所有证据",
    "conv1": "卷积",
    "conv1.words": "八个 3×3 卷积核在数字上逐像素滑动，各得一张图：它的图案在哪里出现。小方块就是卷积核。",
    "relu1": "ReLU",
    "relu1.words": "负数全部变成零，只留下找到的东西。",
    "pool1": "最大池化",
    "pool1.words": "每 2×2 个像素只留最大的：尺寸减半，发现还在。",
    "conv2": "卷积",
    "conv2.words": "十六个卷积核，每个八层深，把八张图组合起来。细条是卷积核的八层。",
    "relu2": "ReLU",
    "relu2.words": "负数再次变成零。",
    "pool2": "最大池化",
    "pool2.words": "再减半：16 张 7×7 的图，一共 784 个数。",
    "fc1": "全连接",
    "fc1.words": "128 个神经元，各是全部 784 个数的加权和。",
    "relu3": "ReLU",
    "relu3.words": "被激活的神经元。训练时 dropout 会随机让一些沉默。",
    "fc2": "十个输出",
    "fc2.words": "每个数字一个得分，log-softmax 把得分变成上面的概率。",
    "map.label": "{layer}，第 {map} 张图：放大",
    "map.name": "{layer}，第 {map} 张图",
    "neurons.name": "{layer}，128 个神经元",
    "map.range": "从 {low} 到 {high}",
    "map.pixel": "第 {row} 行，第 {column} 列：{value}",
    "map.kernel": "它的卷积核",
    "map.kernels": "它的卷积核的 {n} 层，各对应 pool1 的一张图",
    "map.close": "关闭",

    "status.lost": "服务器没有回应。你的画还在，正在重试……",
    "status.failed": "服务器没有回应。请再试一次。",
    "error.bad_request": "服务器没看懂这幅画。请刷新页面再画。",
    "error.bad_points": "画里有些点不对。请撤销上一笔。",
    "error.bad_canvas": "画板没有大小。请刷新页面。",
    "error.too_many_points": "墨水太多了。请清空画板，只画一个数字。",
    "error.too_many_digits": "一次最多八个数字。请清空画板，少写几个。",
    "error.cannot_keep": "没能保存更正，请看服务器的提示。你的画还在。",
    "error.bad_picture": "这个文件不是能读的图片。请换 PNG 或 JPEG。",
    "error.not_uploaded": "这张图片没有上传。请重新打开。",
    "error.too_many_pixels": "图片像素太多。请换小一点的。",
  },
};

const preferred = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
const chosen = remembered("language");
let language = Object.hasOwn(words, chosen) ? chosen : preferred;

export function say(key, values = {}) {
  const text = words[language][key] ?? words.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function translate(root = document) {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = say("title");
  for (const node of root.querySelectorAll("[data-word]")) node.textContent = say(node.dataset.word);
  for (const node of root.querySelectorAll("[data-word-label]")) {
    node.setAttribute("aria-label", say(node.dataset.wordLabel, node.dataset));
    node.title = node.ariaLabel;
  }
}

export function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  remember("language", language);
  translate();
  document.dispatchEvent(new Event("cnn:language"));
}
