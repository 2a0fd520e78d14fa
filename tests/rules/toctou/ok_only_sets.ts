import { User } from './models';

export async function rename(id: string, name: string) {
  const user = await User.findById(id);
  if (!user) throw new Error('not found');
  user.name = name;
  await user.save();
}
