# node-gyp wants a Node.js header directory (--nodedir). A Node-API addon needs nothing from it, since its headers come from
# the package node-api-headers, so these two files are one, and nothing is downloaded.
{
  "target_defaults": {
    "default_configuration": "Release",
    "configurations": { "Release": {}, "Debug": {} }
  }
}
