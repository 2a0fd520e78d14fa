// fix promise-executor
// prints rejected
const read = async (): Promise<string> => {
  throw new Error('gone');
};
const load = () => new Promise<string>(async (resolve, no) => resolve(await read()));

process.on('unhandledRejection', () => {});
load().then(console.log, () => console.log('rejected'));
