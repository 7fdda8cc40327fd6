/** The architecture, as a machine reads it: who may use whom, and where each library lives. */

const contract = "^preload/contract/"
const domain = "^main/domain/"
const crypto = "^main/crypto/"
const operations = "^main/operations/"
const composition = "^main/composition([.]ts$|/)"

/** Each line: code in this place may use only itself and these. Arrows point inwards; nothing points back. */
const layers = [
  layer("contract", contract),
  layer("domain", domain, contract),
  layer("crypto", crypto, domain, contract),
  layer("files", "^main/files/", domain),
  layer("documents", "^main/documents/", domain),
  layer("store", "^main/store/", "^main/files/", domain, crypto, contract),
  layer("token", "^main/token/", domain, contract, "^main/crypto/asn1/"),
  layer("usb", "^main/usb/", domain, contract),
  layer("migrations", "^main/store/migrations/", "^main/store/migration[.]ts$"),
  layer("use-cases", "^main/use-cases/", domain, contract),
  layer("operations", operations, domain, contract),
  layer("platform", "^main/platform/", domain, "^native/"),
  layer("cli", "^main/cli/", "^main/files/", operations, domain, contract, composition, "^main/platform/paths[.]ts$"),
  layer("composition", composition, "^main/", contract),
  layer("ipc", "^main/ipc/", operations, domain, contract),
  layer("app", "^main/app/", "^main/ipc/", operations, domain, contract),
  layer("main", "^main/main[.]ts$", "^main/", contract),
  layer("preload", "^preload/preload[.]ts$", "^preload/contract/bridge[.]ts$"),
  layer("page-ui", "^renderer/ui/"),
  layer("page-api", "^renderer/api/", contract),
  layer("features", "^renderer/features/", "^renderer/(api|ui)/", contract),
  layer("page", "^renderer/(app/|main[.]tsx$)", "^renderer/", contract),
  layer("demonstration", "^main/demonstration[.]ts$", "^main/", contract),
]

/** A library has one home, so that it can be replaced there. One without a home here is refused. */
const homes = [
  home("better-sqlite3-multiple-ciphers", "^main/store/"),
  home("pkcs11js", "^main/token/"),
  home("(usb|@types/w3c-web-usb)", "^main/usb/"),
  home("pdf-lib", "^main/documents/"),
  home("fflate", "^main/store/zip-archive[.]ts$"),
  home("argon2", "^main/crypto/argon2id[.]ts$"),
  home("bcrypt-pbkdf", "^main/crypto/formats/"),
  home("@scure/(base|bip39)", "^main/crypto/wallets/"),
  home("openpgp", "^main/crypto/formats/openpgp/"),
  home("node-forge", "^main/crypto/formats/rc2[.]ts$"),
  home("@noble/(ciphers|curves|hashes|post-quantum)", crypto),
  home("zod", contract, "^main/(store|token|operations|cli|app)/", "^main/main[.]ts$"),
  home("electron", "^main/(app|ipc)/", "^main/main[.]ts$", "^preload/preload[.]ts$"),
  home("(react|react-dom|scheduler|@types/react|@types/react-dom)", "^renderer/"),
  home("@mantine/(core|hooks)", "^renderer/(app|ui|features)/", "^renderer/main[.]tsx$"),
  home("@tanstack/(react-query|react-virtual)", "^renderer/(app|api|features)/"),
  home("(@types/)?zxcvbn", "^renderer/ui/passphrase-strength[.]ts$"),
  home("qr", "^renderer/ui/qr-code[.]tsx$"),
]

module.exports = {
  forbidden: [
    ...layers.map(({ rule }) => rule),
    {
      name: "place-without-layer",
      comment: "A new place may use nothing of ours until its line is written above.",
      severity: "error",
      from: { path: "^(main|preload|renderer)/", pathNot: layers.map(({ place }) => place) },
      to: { path: "^(main|preload|native)/" },
    },
    ...homes.map(({ rule }) => rule),
    {
      name: "library-without-home",
      severity: "error",
      from: {},
      to: { path: "node_modules/", pathNot: homes.map(({ library }) => library) },
    },
    {
      name: "domain-is-pure",
      comment: "The domain has no Node.js, no clock, no input and output, no library.",
      severity: "error",
      from: { path: domain },
      to: { pathNot: [domain, contract] },
    },
    {
      name: "takes-only-types",
      comment: "The contract's schemas check at the doors; behind them its types are enough.",
      severity: "error",
      from: { path: [domain, crypto] },
      to: { path: contract, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "page-takes-only-types",
      comment:
        "The page asks; what it may ask is checked in main. Only two tables are for it: failures, and what wants the passphrase.",
      severity: "error",
      from: { path: "^renderer/" },
      to: {
        path: contract,
        pathNot: "^preload/contract/(failure|reauthentication)[.]ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    { name: "not-resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["^main/cli/claviger[.]mjs$", "vite[.]config[.]ts$"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
}

function layer(name, place, ...mayUse) {
  const to = { path: "^(main|preload|native|renderer|test|setup)/", pathNot: [place, ...mayUse] }
  return { place, rule: { name: `layer-${name}`, severity: "error", from: { path: place }, to } }
}

function home(name, ...places) {
  const library = `node_modules/${name}/`
  return {
    library,
    rule: { name: `home-of-${name}`, severity: "error", from: { pathNot: places }, to: { path: library } },
  }
}
