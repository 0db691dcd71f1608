// The words of the step.

const en = {
  "title": "Pooling",
  "idea":
    "After each convolution, ReLU turns every negative number into 0. Then pooling lays windows side by side over each <in>map</in>. Of each it keeps the largest number (max pooling) or the mean (average pooling). It has nothing to learn; 2 × 2 windows leave a quarter of the numbers.\n\nThese say what was found, but less exactly where. Does a shift then change less?",
  "question":
    "Push your digit to the right by one pixel: {stage} changes by {percent}%. How much changes after max pooling?",
  "option.same": "As much: {percent}%",
  "option.less": "Less: {percent}%",
  "option.none": "Nothing",
  "because":
    "{before}% before, {after}% after. A largest value that moves within its window stays; one that leaves it changes two.",
  "because.more":
    "{before}% before, {after}% after: too many of the largest values have left their windows. On nearly every digit it is the other way round.",
  "remember":
    "Pooling keeps what was found and forgets a little of where. A small shift then changes less; a long one, on some digits, more.",
  "mistake":
    "“After pooling, a shift is not noticed.” It is, but less: tolerant of shifts is not unchanged by them (invariant).",

  "map": "Map of {stage}",
  "map.value": "{map}",
  "window": "Window",
  "window.value": "{side} × {side}",
  "push": "Push the digit right, px",
  "before": "<in>{stage}</in>, {side} × {side}",
  "max": "Max, {side} × {side}",
  "average": "Average, {side} × {side}",
  "before.label": "Map {map} of {stage}; choose a window",
  "max.label": "The map after max pooling; choose a value",
  "average.label": "The map after average pooling; choose a value",
  "cells": "The window's {n} values",
  "kept": "The largest, <out>{max}</out>, or the mean, about <out>{mean}</out>, is kept.",
  "changed": "What a push by {push} px changes, over all maps",
  "changed.none": "What a push changes, over all maps",
  "changed.before": "{stage}",
  "changed.max": "after max pooling",
  "changed.average": "after average pooling",
  "changed.how":
    "All differences added up, divided by the sum of all values. A long push can give more than 100%. (On the pad it would change nothing: every digit is centred first.)",
  "left": "How many numbers are left",
  "left.maps": "these maps",
  "left.photo": "a 4K picture*",
  "left.before": "before",
  "left.after": "after {side} × {side}",
  "left.photo.words": "* {width} × {height} × {colours} colour channels",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "池化",
  "idea":
    "每次卷积之后，ReLU 先把负数都变成 0，接着是池化：窗口一个挨一个铺在每张<in>特征图</in>上，各留一个数，即最大值（最大池化）或平均值（平均池化）。池化没有参数要学，2 × 2 的窗口只留下四分之一的数。\n\n这些数说明“找到了什么”，但“在哪里”就不那么确切了。那么把数字挪一挪，池化后的变化会小一些吗？",
  "question": "把你的数字向右推一个像素：{stage} 变了 {percent}%。最大池化之后会变多少？",
  "option.same": "一样多：{percent}%",
  "option.less": "少一些：{percent}%",
  "option.none": "完全不变",
  "because":
    "池化前变了 {before}%，池化后变了 {after}%。最大值在自己的窗口里挪动，照样被留下；一旦走出窗口，两个窗口的值都要变。",
  "because.more":
    "池化前变了 {before}%，池化后变了 {after}%：太多最大值走出了自己的窗口。绝大多数数字正好相反。",
  "remember":
    "池化留住“找到了什么”，忘掉一点“在哪里”。稍微移动，池化后的变化就比池化前小；移得远了，有些数字的变化反而更大。",
  "mistake":
    "“池化之后，网络就察觉不到平移了。”其实只是没那么敏感了。这叫容忍平移；“平移不变”是说一点也不变。",

  "map": "{stage} 的特征图",
  "map.value": "{map}",
  "window": "窗口",
  "window.value": "{side} × {side}",
  "push": "把数字向右推（像素）",
  "before": "<in>{stage}</in>，{side} × {side}",
  "max": "最大池化，{side} × {side}",
  "average": "平均池化，{side} × {side}",
  "before.label": "{stage} 的第 {map} 张特征图；可选一个窗口",
  "max.label": "最大池化后的特征图；可选一个值",
  "average.label": "平均池化后的特征图；可选一个值",
  "cells": "窗口里的 {n} 个值",
  "kept": "留下最大值 <out>{max}</out>，或平均值（约 <out>{mean}</out>）。",
  "changed": "推 {push} 像素后，全部特征图变了多少",
  "changed.none": "推一推，全部特征图会变多少",
  "changed.before": "{stage}",
  "changed.max": "最大池化后",
  "changed.average": "平均池化后",
  "changed.how":
    "各处的差加起来，除以各处的值之和；推得远，会超过 100%。（在画板上挪动则毫无变化：数字会先居中。）",
  "left": "还剩多少个数",
  "left.maps": "这些特征图",
  "left.photo": "一张 4K 图片*",
  "left.before": "池化前",
  "left.after": "{side} × {side} 池化后",
  "left.photo.words": "* {width} × {height} × {colours} 个颜色通道",
};

export const words = { en, zh };
