interface Ledger {
  cents: number;
}

const ledger: Ledger = { cents: 0 };

async function rate(currency: string): Promise<number> {
  return currency === 'EUR' ? 2 : 1;
}

async function book(cents: number, currency: string): Promise<void> {
  const before: number = ledger.cents;
  const factor = await rate(currency);
  ledger.cents = before + cents * factor; // want lost-update: ledger.cents (high)
}

async function main(): Promise<void> {
  await Promise.all([book(100, 'EUR'), book(50, 'USD')]);
  console.log(ledger.cents);
}

void main();
