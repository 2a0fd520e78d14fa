import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export async function move(from: string, to: string, cents: number) {
  await prisma.$transaction(async (tx) => {
    await Promise.all([
      tx.account.update({ where: { id: from }, data: { cents: { decrement: cents } } }),
      tx.account.update({ where: { id: to }, data: { cents: { increment: cents } } }), // want shared-session: tx
    ]);
  });
}
