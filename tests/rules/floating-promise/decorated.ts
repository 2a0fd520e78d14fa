// A decorator of the file whose wrapper hands on the promise.
function traced(method: any, context: ClassMethodDecoratorContext) {
  return function (this: unknown, ...values: unknown[]) {
    console.log(String(context.name));
    return method.apply(this, values);
  };
}

function started(method: any) {
  return function (this: unknown, ...values: unknown[]) {
    method.apply(this, values).catch(console.error);
  };
}

export class Writer {
  @traced
  async flush(): Promise<void> {
    await fetch('/flush');
  }

  @started
  async save(): Promise<void> {
    await fetch('/save');
  }

  close(): void {
    this.flush(); // want floating-promise: this.flush
    this.save();
  }
}
