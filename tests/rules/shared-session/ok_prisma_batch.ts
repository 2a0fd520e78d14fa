import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export async function dashboard() {
  const [users, posts] = await Promise.all([prisma.user.count(), prisma.post.count()]);
  await prisma.$transaction(async (tx) => {
    await tx.stats.deleteMany();
    await tx.stats.create({ data: { users, posts } });
  });
}
