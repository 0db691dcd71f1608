const en = {
  "title": "Watch it learn",
  "idea":
    "Press Play: snapshots of the very run that made this page’s weights, each reading your drawing.\n\nAt first the <kernel>kernels</kernel> are random, and nearly every drawing is read as the same digit. After each batch of a few hundred drawings, all weights change a little, so that the right digits become more probable; once through all is an epoch. The <b>loss</b> says how far off the answers are. Nobody tells a kernel what to look for.",
  "question": "From which snapshot on does it read your drawing as {digit}, and stay with it?",
  "because.untrained":
    "Untrained, it happens to say {digit}, {sure} sure, as to nearly every drawing. That was luck.",
  "because.step":
    "At batch {step} it is {sure} sure; one snapshot earlier it read {other}, {otherSure} sure.",
  "because.epoch":
    "At the end of epoch {epoch} it is {sure} sure; one snapshot earlier it read {other}, {otherSure} sure.",
  "remember": "Learning is thousands of small changes to the weights, each to bring the loss down.",
  "mistake":
    "“It reads its training digits correctly, so it has learned.” It may only remember them: the held-out set can tell.",

  "moment.untrained": "untrained",
  "moment.step": "after {step} batches",
  "moment.first": "after 1 batch",
  "moment.epoch": "after {epoch} epochs",
  "moment.epoch.first": "after 1 epoch",
  "moment.temperature": "divided by {temperature}",
  "seen": "about {digits} drawings seen, with repeats",
  "seen.none": "no drawing seen yet",
  "strip": "What it reads, snapshot by snapshot",
  "strip.read": "{moment}: {digit}",
  "strip.hidden": "{moment}: not yet looked at",
  "loss": "loss",
  "train": "training",
  "held_out": "held-out",
  "charts.loss": "Loss while it learns, snapshot by snapshot",
  "charts.accuracy": "Percent read correctly, of training digits and of held-out digits",
  "keep": "Keep to compare",
  "drop": "One moment only",
  "kernels": "{layer}: kernels, and their maps (after ReLU)",
  "maps": "{layer}: its maps of these (after ReLU)",
  "axis.step": "batches, unevenly spaced",
  "axis.epoch": "epochs, unevenly spaced",
  "axis.temperature": "÷ {temperature}",
  "note.loss":
    "Loss: mean −log of the ten probabilities, weighted as training asks. Ten equal guesses have {guess}.",
  "note.smoothing":
    "It asks for {target} for the right digit, {other} for each other (smoothed labels): no loss is below {least}.",
  "note.temperature":
    "The last snapshot is no learning: its logits are divided by {temperature} (see “Log-softmax”), which changes no answer, only how sure it is, and raises this loss.",
  "note.held_out":
    "The held-out digits happen to be easier; jitter and dropout count in neither. Snapshots have half precision.",
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
    "点播放：这些快照来自训练出本页权重的那一次训练，从训练之前到训练完成，每个快照都来读你的画。\n\n一开始，<kernel>卷积核</kernel>是随机的，网络几乎把什么画都读成同一个数字。然后一批一批地学，每批几百幅画；每学完一批，所有权重都稍稍改动，让正确答案的概率再高一点。<b>损失</b>衡量回答离正确答案有多远。全部的画学一遍，叫一轮。没有人告诉卷积核该找什么。",
  "question": "从哪个快照起，它把你的画读作 {digit}，而且再没变过？",
  "because.untrained":
    "还没训练，它就碰巧读作 {digit}，把握 {sure}：这时它几乎把什么画都读成 {digit}。这只是运气。",
  "because.step": "第 {step} 批时，把握 {sure}；前一个快照读成 {other}，把握 {otherSure}。",
  "because.epoch": "第 {epoch} 轮结束时，把握 {sure}；前一个快照读成 {other}，把握 {otherSure}。",
  "remember": "学习，就是把权重改动成千上万次，每次一点点，好让损失再小一点。",
  "mistake":
    "“训练集都读对了，所以它学会了。”它也可能只是背了下来。要看没用来训练的数字，也就是验证集。",

  "moment.untrained": "训练之前",
  "moment.step": "{step} 批之后",
  "moment.first": "1 批之后",
  "moment.epoch": "{epoch} 轮之后",
  "moment.epoch.first": "1 轮之后",
  "moment.temperature": "除以温度 {temperature}",
  "seen": "看过约 {digits} 幅画（含重复）",
  "seen.none": "还没看过一幅画",
  "strip": "每个快照各读成什么",
  "strip.read": "{moment}：{digit}",
  "strip.hidden": "{moment}：还没看过",
  "loss": "损失",
  "train": "训练集",
  "held_out": "验证集",
  "charts.loss": "训练过程中的损失，逐个快照",
  "charts.accuracy": "训练集和验证集读对的百分比",
  "keep": "留下来对比",
  "drop": "只看一个快照",
  "kernels": "{layer}：卷积核及其特征图（ReLU 之后）",
  "maps": "{layer}：由上面算出的特征图（ReLU 之后）",
  "axis.step": "批（间隔不均匀）",
  "axis.epoch": "轮（间隔不均匀）",
  "axis.temperature": "÷ {temperature}",
  "note.loss": "损失：十个概率的 −log 按训练的要求加权，再求平均；十个概率都一样时是 {guess}。",
  "note.smoothing":
    "训练要求正确数字为 {target}，其余各为 {other}（标签平滑），所以损失不会低于 {least}。",
  "note.temperature":
    "最后一个快照没有再学，只是把 logit 除以 {temperature}（见“Log-softmax”）：答案不变，把握变了，这个损失反而升高。",
  "note.held_out":
    "验证集的数字恰好容易一些；统计两者时都不变形，也不用 dropout。快照以半精度保存。",
  "loading": "正在加载训练过程……",
  "missing": "训练过程没能加载。",
  "other":
    "这里保存的训练过程属于另一组权重，所以不显示。重新运行 python train.py 会把两者都写好。",
  "retry": "再试一次",
};

/** @typedef {keyof typeof en} Key */

export const words = { en, zh };
