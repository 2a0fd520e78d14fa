// What a caller passes is the caller's own: a request and its context belong to one task.
import Router from '@koa/router';

interface Account {
  id: string;
  name: string;
}

interface Incoming {
  token: string;
  account?: Account;
  headers: Record<string, string>;
}

declare function findAccount(token: string): Promise<Account>;
declare function sign(headers: Record<string, string>): Promise<void>;

const router = new Router();

router.get('/account', async (ctx) => {
  ctx.body = await findAccount(ctx.query.token as string);
  if (!ctx.state.account) {
    ctx.state.account = await findAccount(ctx.query.token as string);
  }
  ctx.state.visits = ctx.state.visits + (await countVisits(ctx.state.account));
});

async function countVisits(account: Account): Promise<number> {
  return account.name.length;
}

export async function authenticate(request: Incoming, next: () => Promise<void>): Promise<void> {
  if (!request.account) {
    request.account = await findAccount(request.token);
  }
  await next();
}

export async function copyName(target: { id: string; name?: string }): Promise<void> {
  const account = await findAccount(target.id);
  target.name = account.name;
}

export async function signed(headers: Record<string, string>): Promise<void> {
  await sign(headers);
  headers['x-signed'] = 'yes';
}

export async function installed(item: { id: string; visible?: boolean; since?: Date }): Promise<() => void> {
  const known = await findAccount(item.id);
  const show = () => {
    item.visible = true;
  };
  item.since = known ? new Date(0) : new Date();
  return show;
}

export default router;
