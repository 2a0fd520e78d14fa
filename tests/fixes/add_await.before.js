// fix add-await: log
// prints done after 2 lines
const lines = []
const write = (line) =>
  new Promise((resolve, reject) => setTimeout(() => (line ? resolve(lines.push(line)) : reject(line)), 5))
const log = async (line) => {
  await write(line)
}
const work = async (n) => {
  /* é */ log(`one ${n}`)
  lines.push(`two ${n}`)
}

work(1).then(() => console.log(`done after ${lines.length} lines`))
