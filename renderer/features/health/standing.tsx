interface StandingProps {
  readonly says: string
  readonly shape: string
  readonly className: string
}

/** How a line of a list stands, by word and shape. */
export function Standing({ says, shape, className }: StandingProps) {
  return (
    <span className={`health-standing ${className}`}>
      <span aria-hidden>{shape} </span>
      {says}
    </span>
  )
}
