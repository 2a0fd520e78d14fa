let refreshing = false;

export async function refresh(fetchAll) {
  if (!refreshing) {
    refreshing = true; // want leaked-claim: refreshing
    await fetchAll();
    refreshing = false;
  }
}
