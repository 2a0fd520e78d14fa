import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

async function touch(id: string) {
  await prisma.user.update({ where: { id }, data: { seen: new Date() } });
}

export async function touchAll(ids: Set<string>) {
  await Promise.all(Array.from(ids).map(touch)); // want unbounded-concurrency
}
