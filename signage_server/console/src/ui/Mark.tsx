/** The sign of the product: a board with a picture. */
export function Mark({ size }: { size: number }) {
  return <img src={`${import.meta.env.BASE_URL}mark.svg`} width={size} height={size} alt="" />;
}
