// fix promise-executor
// prints rejected
const read = async () => {
  throw new Error('gone')
}

function load() {
  return new Promise(async (resolve, reject) => {
    try {
      const text = await read() // may fail

      resolve(`got ${text}`)
      // nothing else
    } catch (error) {
      reject(error)
    }
  })
}

process.on('unhandledRejection', () => {})
load().then(console.log, () => console.log('rejected'))
