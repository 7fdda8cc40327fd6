/** Each window of Chromium would load two pages of its own for what the address bar offers: as much work as ours. */
const ours = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"]

/** What Playwright 1.65 switches off: Chromium heeds the last list alone. */
const playwrights = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "TcpPortRandomizationWin",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
]

/** What Chromium is started with, besides what Playwright gives it. */
export const chromiumSwitches: readonly string[] = [
  `--disable-features=${[...playwrights, ...ours].join()}`,
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
]
