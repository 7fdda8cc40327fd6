module.exports = require("./build/Release/claviger.node")
