const mongoose = require('mongoose');
const { Account, audit } = require('./models');

async function close(id) {
  const session = await mongoose.startSession();
  await Promise.all([Account.deleteOne({ _id: id }, { session }), audit.send(id)]);
  await session.endSession();
}

module.exports = { close };
