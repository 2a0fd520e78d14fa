import mongoose from 'mongoose';
import { Account, Entry } from './models.js';

export async function book(account, entry) {
  const session = await mongoose.startSession();
  try {
    session.startTransaction();
    await Promise.all([
      Account.updateOne({ _id: account }, { $inc: { entries: 1 } }, { session }),
      Entry.create([entry], { session }), // want shared-session: session
    ]);
    await session.commitTransaction();
  } finally {
    await session.endSession();
  }
}
