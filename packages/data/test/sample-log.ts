/** Three rows, as CSV and as JSON Lines. */
const rows = ['a,9007199254740993001,0,0', 'b,007,1,1', 'a,,2,1'];
export const csv = `tab,item,time,click\n${rows.join('\n')}\n`;
export const jsonl = [
  '{"tab": "a", "item": 9007199254740993001, "time": 0, "click": false}',
  '{"item": "007", "tab": "b", "time": 1, "click": true}',
  '',
  '{"tab": "a", "item": null, "time": 2, "click": 1, "likes": ["x", "y"], "more": {"k": 1}, "long": 1234567890123456789012345}',
].join('\n');

/** Their items, as `cells` gives them. */
export const sampleItems = ['9007199254740993001', '007', '-'];
