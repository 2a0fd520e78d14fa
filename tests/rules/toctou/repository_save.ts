import { Repository } from 'typeorm';
import { User } from './user';

export class Users {
  constructor(private readonly users: Repository<User>) {}

  async add(email: string) {
    const found = await this.users.findOne({ where: { email } });
    if (found) throw new Error('taken');
    return this.users.save({ email }); // want toctou: this.users
  }

  async visit(id: string) {
    const user = await this.users.findOneBy({ id });
    user.visits += 1;
    await this.users.save(user); // want toctou: user.visits
  }
}
