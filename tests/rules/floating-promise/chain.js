async function load(url) {
  const response = await fetch(url);
  return response.json();
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const later = (url) => pause(10).then(() => load(url));

export class View {
  open(url) {
    load(url).then((data) => this.show(data)); // want floating-promise: load
    load(url).finally(() => this.hide()); // want floating-promise: load
    load(url).then((data) => this.show(data), undefined); // want floating-promise: load
    later(url); // want floating-promise: later
  }

  async refresh(url) {
    this.hide();
    pause(100); // want floating-promise: pause (high)
    await load(url);
    Promise.all([load(url), load(url)]).then(() => this.show()); // want floating-promise: Promise.all
  }
}
