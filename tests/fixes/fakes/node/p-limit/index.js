// A limiter, as p-limit has it.
module.exports = (most) => {
  const waiting = [];
  let running = 0;
  return async (work, ...values) => {
    if (running < most) running += 1;
    else await new Promise((resolve) => { waiting.push(resolve); });
    try {
      return await work(...values);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};
