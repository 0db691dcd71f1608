const en = {
  "title": "Watch it learn",
  "idea":
    "These are snapshots of the very run that made this page's weights, from before the first step to the last. Each of them reads your drawing.\n\nAt first the <kernel>kernels</kernel> are random, and so is the answer. Then, batch after batch, every weight is nudged a little, so that the right digits become likelier. The <b>loss</b> says how far off the answers are; training follows it downhill.\n\nNobody tells a kernel what to look for. The strokes and edges that it ends with are what helped.",
  "question": "From when on does it read your drawing as {digit}, without changing its mind again?",
  "because.untrained":
    "Untrained it happens to say {digit}, {sure} sure, and it is never led away from it. A lucky guess, not knowledge.",
  "because.step":
    "After {step} batches it reads {digit}, {sure} sure, and keeps to it. One snapshot earlier it read {other}, {otherSure} sure.",
  "because.epoch":
    "At the end of epoch {epoch} it reads {digit}, {sure} sure, and keeps to it. One snapshot earlier it read {other}, {otherSure} sure.",
  "remember": "What looks like insight is thousands of small nudges, each a step down the loss.",
  "mistake":
    "“It reads its training digits right, so it has learned.” It may know them by heart. Only digits that it never trained on can tell: here the held-out ones.",

  "moment.untrained": "untrained",
  "moment.step": "after {step} batches",
  "moment.first": "after 1 batch",
  "moment.epoch": "after {epoch} epochs",
  "moment.epoch.first": "after 1 epoch",
  "tick.epoch": "{epoch} ep",
  "tick.step": "{step}",
  "seen": "{digits} drawings seen",
  "seen.none": "no drawing seen yet",
  "strip": "What it reads, snapshot by snapshot",
  "strip.read": "{moment}: {digit}",
  "strip.hidden": "{moment}: not yet looked at",
  "loss": "loss",
  "loss.note":
    "Loss: −log of the probability of the right digit, on average. Ten equal guesses cost {guess}.",
  "train": "training",
  "held_out": "held-out",
  "charts.loss": "Loss over the run, snapshot by snapshot",
  "charts.accuracy": "Percent read right, of training digits and of held-out digits",
  "keep": "Keep this moment beside the next",
  "drop": "One moment only",
  "kernels.above": "{layer}: kernels, and what each makes of your drawing (after ReLU)",
  "kernels.below":
    "{layer}: what it makes of that (after ReLU), and its kernels, each a column of {channels} channels",
  "note":
    "Colours mean the same at every moment: what is weak looks weak. Snapshots are kept in half precision, so the last one may differ from the page's answer by a hair.",
  "loading": "Loading the run …",
  "missing": "The run could not be loaded.",
  "other":
    "The run that is kept here is of other weights than this page's, so it is not shown. A new python train.py writes both.",
  "retry": "Try again",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "看它学习",
  "idea":
    "这些快照就来自训练出本页权重的那一次训练，从第一步之前直到最后一步。每个快照都来读你的画。\n\n一开始，<kernel>卷积核</kernel>是随机的，答案也是。然后一批又一批，每个权重都被轻轻推一下，让正确的数字更可能一些。<b>损失</b>说明答案差了多远；训练就是沿着它往下走。\n\n没有人告诉卷积核该找什么。它们最后找的笔画和边缘，只是因为有用。",
  "question": "从什么时候起，它把你的画读作 {digit}，此后再没改变主意？",
  "because.untrained":
    "还没训练，它就碰巧说是 {digit}，把握 {sure}，之后也没被带偏。这是运气，不是本事。",
  "because.step":
    "{step} 批之后，它读作 {digit}，把握 {sure}，此后没再变。前一个快照读作 {other}，把握 {otherSure}。",
  "because.epoch":
    "第 {epoch} 轮结束时，它读作 {digit}，把握 {sure}，此后没再变。前一个快照读作 {other}，把握 {otherSure}。",
  "remember": "看起来像顿悟的，其实是成千上万次轻推，每一次都让损失往下走一步。",
  "mistake":
    "“训练用的数字都认对了，所以它学会了。”它也可能只是背了下来。只有从没用来训练的数字才说明问题：这里就是留出的那些。",

  "moment.untrained": "训练之前",
  "moment.step": "{step} 批之后",
  "moment.first": "1 批之后",
  "moment.epoch": "{epoch} 轮之后",
  "moment.epoch.first": "1 轮之后",
  "tick.epoch": "{epoch} 轮",
  "tick.step": "{step}",
  "seen": "已看过 {digits} 幅画",
  "seen.none": "还没看过一幅画",
  "strip": "每个快照各读成什么",
  "strip.read": "{moment}：{digit}",
  "strip.hidden": "{moment}：还没看过",
  "loss": "损失",
  "loss.note": "损失：正确数字的概率取 −log，再求平均。十个数字平均瞎猜，损失是 {guess}。",
  "train": "训练",
  "held_out": "留出",
  "charts.loss": "整个训练过程中的损失，逐个快照",
  "charts.accuracy": "训练数字和留出数字认对的百分比",
  "keep": "留住这一刻来对比",
  "drop": "只看一个时刻",
  "kernels.above": "{layer}：卷积核，以及每个核从你的画里看出了什么（ReLU 之后）",
  "kernels.below":
    "{layer}：它接着看出了什么（ReLU 之后），以及它的卷积核，每一列是一个核的 {channels} 个通道",
  "note":
    "颜色在每个时刻含义相同：弱的看起来就弱。快照以半精度保存，所以最后一个和本页的答案可能有极小的差别。",
  "loading": "正在加载训练过程……",
  "missing": "训练过程没能加载。",
  "other":
    "这里保存的训练过程属于另一组权重，所以不显示。重新运行 python train.py 会把两者都写好。",
  "retry": "再试一次",
};

/** @typedef {keyof typeof en} Key */

export const words = { en, zh };
