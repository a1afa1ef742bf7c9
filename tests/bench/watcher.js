// Put into every page before its own scripts: notes when each stage has been painted, and how long
// a change takes from the click to the painted result, also across a full load of the next page.
(() => {
  const stages = STAGES;
  const differs = DIFFERS;
  const marks = {};
  const kept = sessionStorage;
  const clock = () => performance.timeOrigin + performance.now();
  const texts = () => differs.map((one) => document.querySelector(one)?.textContent ?? '');
  const are = (wanted) =>
    wanted.length > 0 &&
    wanted.every(([one, count]) =>
      count === 1 ? document.querySelector(one) : document.querySelectorAll(one).length >= count,
    );
  // Looking happens as a frame begins; when the next begins, what was seen has been painted.
  const painted = (then) => requestAnimationFrame(then);

  const look = () => {
    for (const [name, wanted] of Object.entries(stages)) {
      if (name in marks || !are(wanted)) continue;
      marks[name] = null;
      painted(() => (marks[name] = performance.now()));
    }
    if (kept.clicked && !kept.changed && are(stages.readable)) {
      const before = JSON.parse(kept.before);
      if (texts().every((text, n) => text && text !== before[n])) {
        kept.changed = '…';
        painted(() => (kept.changed = String(clock() - Number(kept.clicked))));
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  addEventListener(
    'click',
    (event) => {
      if (kept.changed || !kept.watching) return;
      kept.clicked = String(performance.timeOrigin + event.timeStamp);
      kept.before = JSON.stringify(texts());
    },
    true,
  );
  globalThis.benchMarks = () => {
    const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    return Object.fromEntries(
      Object.entries(marks).map(([name, at]) => [name, at && Math.max(at, first)]),
    );
  };
})();
