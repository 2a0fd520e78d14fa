import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export async function invite(email: string) {
  const known = await prisma.invitation.findUnique({ where: { email } });
  if (known) return known;
  return await prisma.invitation.create({ data: { email } }); // want toctou: prisma.invitation
}
