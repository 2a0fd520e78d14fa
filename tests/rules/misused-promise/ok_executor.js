export function open(driver) {
  return new Promise(async (resolve, reject) => {
    try {
      const socket = await driver.connect();
      resolve(socket);
    } catch (error) {
      reject(error);
    }
  });
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const first = (work) => new Promise((resolve, reject) => { work().then(resolve, reject); });
