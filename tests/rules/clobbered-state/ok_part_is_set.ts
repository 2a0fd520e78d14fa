// An entry that is set leaves the object where it is.
declare const testUtils: { withCluster(run: (cluster: Cluster) => Promise<void>): void };
declare function blocked(run: () => Promise<void>): Promise<number>;

interface Cluster {
  masters: string[];
  set(key: string, value: string): Promise<void>;
  migrate(): Promise<void>;
}

testUtils.withCluster(async (cluster) => {
  const before = cluster.masters.length;
  await cluster.migrate();
  console.log(before, cluster.masters.length);
  console.log(await blocked(async () => {
    await cluster.set('timeout', 'value');
  }));
});
