import { useQuery } from '@tanstack/react-query';

export function Profile({ api, id }) {
  const { data } = useQuery({ queryKey: ['user', id], queryFn: async () => await api.user(id) });
  return <p>{data?.name}</p>;
}
