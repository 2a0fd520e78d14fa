import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export async function invite(email: string) {
  return prisma.$transaction(async (tx) => {
    const known = await tx.invitation.findUnique({ where: { email } });
    if (known) return known;
    return await tx.invitation.create({ data: { email } });
  });
}
