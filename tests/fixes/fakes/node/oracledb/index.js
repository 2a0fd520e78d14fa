// A connection that refuses two statements at a time.
exports.executed = [];
exports.getConnection = async () => {
  let busy = false;
  return {
    async execute(statement) {
      if (busy) throw new Error('NJS-081: concurrent operations on a single connection are disabled');
      busy = true;
      await new Promise((resolve) => { setTimeout(resolve, 1); });
      busy = false;
      exports.executed.push(statement);
      return { rows: [statement] };
    },
    async close() {},
  };
};
