import encodeQR from "qr"

interface QrCodeProps {
  readonly text: string
  readonly label: string
  /** Pixels a side. */
  readonly size?: number
}

/** For a camera: what is no secret, such as an address. Dark on light in every appearance, as cameras want it. */
export function QrCode({ text, label, size = 168 }: QrCodeProps) {
  const rows = encodeQR(text, "raw", { border: 4 })
  const dots = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      className="qr-code"
    >
      <path d={dots.join("")} />
    </svg>
  )
}
