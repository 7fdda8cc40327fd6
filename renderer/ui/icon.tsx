const paths = {
  key: "M15 7a4 4 0 1 1-3.5 5.9L4 20.4M7 17l2.5 2.5M4.8 19.6 7 21.5",
  seed: "M12 21V11M12 11C12 6 8 4 4 4c0 5 3 7 8 7ZM12 14c0-4 3-6 8-6 0 4-3 6-8 6Z",
  health: "M3 12h4l3-7 4 14 3-7h4",
  log: "M5 4h14v16H5zM8.5 8.5h7M8.5 12h7M8.5 15.5h4",
  backup: "M4 7l8-4 8 4v10l-8 4-8-4zM4 7l8 4 8-4M12 11v10",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4M4 12h13M19 12h1",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  plus: "M12 5v14M5 12h14",
  search: "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12ZM15.5 15.5 20 20",
  rotate: "M20 11a8 8 0 0 0-14.5-3.5L4 9M4 4v5h5M4 13a8 8 0 0 0 14.5 3.5L20 15M20 20v-5h-5",
  export: "M12 15V4M8 8l4-4 4 4M5 14v6h14v-6",
  import: "M12 4v11M8 11l4 4 4-4M5 14v6h14v-6",
  destroy: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  close: "M6 6l12 12M18 6 6 18",
  pause: "M9 6v12M15 6v12",
  stop: "M7 7h10v10H7z",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  play: "M8 5l11 7-11 7z",
  folder: "M3 6h6l2 2h10v11H3z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  copy: "M9 9h10v11H9zM5 15V4h10",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z",
  columns: "M4 5h16v14H4zM9.5 5v14M14.5 5v14",
  tag: "M4 4h8l8 8-8 8-8-8zM8 8v.2",
  token: "M9 3h6v5H9zM7 8h10v9a4 4 0 0 1-4 4h-2a4 4 0 0 1-4-4zM11 5v1M13 5v1",
  warning: "M12 4 2.8 20h18.4zM12 10v5M12 17.4v.2",
} as const

export type IconName = keyof typeof paths

interface IconProps {
  readonly name: IconName
  readonly size?: number
}

/** Line icons of our own; always beside a word or under a label, so they say nothing by themselves. */
export function Icon({ name, size = 18 }: IconProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className="icon">
      <path d={paths[name]} />
    </svg>
  )
}
