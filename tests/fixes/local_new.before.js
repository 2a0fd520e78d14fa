// fix keep-local
// prints 1 2
let text

async function run(number, wait) {
  // The one at hand.
  text = number
  number = 0
  await wait()
  return `${text}`
}

async function main() {
  const wait = async () => {}
  console.log((await Promise.all([run(1, wait), run(2, wait)])).join(' '))
}

main()
