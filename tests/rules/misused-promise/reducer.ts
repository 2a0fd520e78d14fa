interface Catalog {
  price(sku: string): Promise<number>;
}

export async function total(skus: string[], catalog: Catalog) {
  const sum = await skus.reduce<any>(async (sum, sku) => sum + (await catalog.price(sku)), 0); // want misused-promise: skus.reduce (high)
  const prices = await skus.reduce(async (prices, sku) => { // want misused-promise: skus.reduce
    const price = await catalog.price(sku);
    return { ...prices, [sku]: price };
  }, {});
  const list = await skus.reduce(async (list: any, sku) => { // want misused-promise: skus.reduce
    list.push(await catalog.price(sku));
    return list;
  }, []);
  return [sum, prices, list];
}
