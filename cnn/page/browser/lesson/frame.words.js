// What the frame of the lesson says, and the controls that all steps share.

const en = {
  "steps": "Steps of the lesson",
  "strip": "The network: lit are the stages that this step is about",
  "close": "Back to the network",
  "previous": "Back",
  "next": "Next: {title}",
  "finish": "Back to the network",
  "progress": "Step {step} of {steps}",
  "done": "answered",
  "predict": "Guess first",
  "right": "Right.",
  "wrong": "Not quite.",
  "again": "Ask again",
  "frame.remember": "Remember",
  "frame.mistake": "A common mistake",
  "draw": "Draw a digit on the pad: this step works on it.",
  "player.play": "Play",
  "player.pause": "Pause",
  "player.back": "One step back",
  "player.on": "One step on (Space)",
  "player.at": "Where it is",
  "grid.point": "move with the arrow keys",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "steps": "课程的各步",
  "strip": "网络；亮起的是这一步讲到的部分",
  "close": "回到网络",
  "previous": "上一步",
  "next": "下一步：{title}",
  "finish": "回到网络",
  "progress": "第 {step} 步，共 {steps} 步",
  "done": "已回答",
  "predict": "先猜一猜",
  "right": "答对了。",
  "wrong": "不太对。",
  "again": "再答一次",
  "frame.remember": "记住",
  "frame.mistake": "常见误解",
  "draw": "先在画板上画一个数字：这一步就用它来讲。",
  "player.play": "播放",
  "player.pause": "暂停",
  "player.back": "后退一步",
  "player.on": "前进一步（空格）",
  "player.at": "进度",
  "grid.point": "用方向键移动",
};

export const frameWords = { en, zh };
