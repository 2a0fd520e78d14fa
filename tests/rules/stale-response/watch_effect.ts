import { ref, watchEffect, type Ref } from 'vue';

export function useUser(api: { user(id: number): Promise<object> }, id: Ref<number>) {
  const user = ref<object | null>(null);
  const error = ref('');
  watchEffect(async () => {
    try {
      user.value = await api.user(id.value); // want stale-response
    } catch (problem) {
      error.value = String(problem);
    }
  });
  return { user, error };
}
