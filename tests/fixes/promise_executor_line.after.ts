// fix promise-executor
// prints rejected
const read = async (): Promise<string> => {
  throw new Error('gone');
};
const load = () => new Promise<string>(async (resolve, no) => {
  try {
    resolve(await read());
  } catch (error) {
    no(error);
  }
});

process.on('unhandledRejection', () => {});
load().then(console.log, () => console.log('rejected'));
