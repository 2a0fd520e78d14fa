// The same store under the name that ioredis gives it.
module.exports = class Redis {
  constructor() {
    return require('../redis').createClient();
  }
};
