import { useEffect, useEffectEvent } from "react"
import type { Announcement } from "../../preload/contract/announcements.ts"

/** Hears what main says by itself about one topic. */
export function useAnnouncement<Topic extends Announcement["topic"]>(
  topic: Topic,
  listener: (announcement: Extract<Announcement, { topic: Topic }>) => void,
): void {
  const hear = useEffectEvent((announcement: unknown) => {
    if (isAbout(announcement, topic)) listener(announcement)
  })
  useEffect(() => window.claviger.subscribe((announcement) => hear(announcement)), [])
}

/** Main sends nothing but announcements of the contract. */
export function isAbout<Topic extends string>(
  announcement: unknown,
  topic: Topic,
): announcement is Extract<Announcement, { topic: Topic }> {
  return (
    typeof announcement === "object" && announcement !== null && "topic" in announcement && announcement.topic === topic
  )
}
