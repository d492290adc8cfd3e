/** A filing number that breaks, where it must, between groups and never before its last digit. */
export function FilingNumber({ number }: { number: string }) {
  const groups = number.split("-");
  const [head, tail] = [groups.slice(0, -2), groups.slice(-2).join("-")];
  return (
    <>
      {head.length > 0 && `${head.join("-")}-`}
      <span className="unbroken">{tail}</span>
    </>
  );
}
