// fix keep-local
// prints 1 2
let text

async function run(number, wait) {
  const text2 = number
  // The one at hand.
  text = text2
  number = 0
  await wait()
  return `${text2}`
}

async function main() {
  const wait = async () => {}
  console.log((await Promise.all([run(1, wait), run(2, wait)])).join(' '))
}

main()
