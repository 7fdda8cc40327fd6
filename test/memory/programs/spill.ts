// Sorts more than SQLite's cache holds, over a connection without our settings. Usage: spill FILE
import Database from "better-sqlite3-multiple-ciphers"

const db = new Database(process.argv[2])
db.exec("CREATE TABLE t (a TEXT)")
const insert = db.prepare("INSERT INTO t VALUES (?)")
db.transaction(() => {
  for (let index = 0; index < 20_000; index++) insert.run(`${(index * 7919) % 20_000} ${"x".repeat(1000)}`)
})()
db.prepare("SELECT a FROM t ORDER BY a DESC").all()
