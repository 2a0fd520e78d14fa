const EventEmitter = require("events");
const util = require("util");

function Uploader(transport) {
  EventEmitter.call(this);
  this.transport = transport;
  this.sent = 0;
}
util.inherits(Uploader, EventEmitter);

Uploader.prototype.flush = async function () {
  await this.transport.send("flush");
  this.sent += 1;
};

Uploader.prototype.close = async function () {
  this.flush(); // want floating-promise
  await this.transport.close();
};

Uploader.prototype.finish = async function () {
  await this.flush();
  this.emit("finish");
};

module.exports = Uploader;
