import { Pill, Pills } from '../ui/pills';

/** Which shop a page is about; nothing where there is only one. */
export function ShopPills({
  label,
  path,
  projects,
  current,
}: {
  label: string;
  path: string;
  projects: readonly { id: string; name: string }[];
  current: string;
}) {
  if (projects.length < 2) return null;
  return (
    <Pills label={label}>
      {projects.map(({ id, name }) => (
        <Pill key={id} href={`${path}?shop=${id}`} current={id === current}>
          {name}
        </Pill>
      ))}
    </Pills>
  );
}
