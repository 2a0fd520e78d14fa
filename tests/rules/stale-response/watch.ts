import { ref, watch, type Ref } from 'vue';

export function useRows(search: (term: string) => Promise<string[]>, query: Ref<string>) {
  const rows = ref<string[]>([]);
  watch(query, async (term) => {
    rows.value = await search(term); // want stale-response
  });
  return rows;
}
