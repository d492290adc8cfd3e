const GROUPS_AT_THE_END = 3;

/** A filing number that breaks, where it must, in one place: after region and day. */
export function FilingNumber({ number }: { number: string }) {
  const groups = number.split("-");
  const [head, tail] = [groups.slice(0, -GROUPS_AT_THE_END), groups.slice(-GROUPS_AT_THE_END)];
  return (
    <>
      {head.length > 0 && (
        <>
          <span className="unbroken">{head.join("-")}-</span>
          <wbr />
        </>
      )}
      <span className="unbroken">{tail.join("-")}</span>
    </>
  );
}
