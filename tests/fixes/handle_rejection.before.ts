// fix add-await: this.flush
// prints on
class Writer {
  private on = true;
  private async flush(): Promise<void> {
    await null;
    throw new Error('disk full');
  }
  close(): void {
    this.flush();
  }
  get state(): string {
    return this.on ? 'on' : 'off';
  }
}
let crashed = false;
process.on('unhandledRejection', () => {
  crashed = true;
});
const writer = new Writer();
writer.close();
setTimeout(() => console.log(crashed ? 'crashed' : writer.state), 5);
